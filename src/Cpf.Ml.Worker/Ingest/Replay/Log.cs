namespace Cpf.Ml.Worker.Ingest.Replay;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Error, "Replay of {Path} ended: {Reason}")]
    public static partial void ReplayEnded(ILogger log, string path, string reason);

    [LoggerMessage(LogLevel.Error, "Replay of {Path} failed and resumes where it was: {Reason}")]
    public static partial void ReplayFailed(ILogger log, string path, string reason);
}
