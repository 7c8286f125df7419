namespace Cpf.Ml.Worker.Ingest.Demo;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Demonstration: {Weeks} weeks of history are being learnt")]
    public static partial void LearningHistory(ILogger log, int weeks);

    [LoggerMessage(LogLevel.Information, "Demonstration: the platform is live, {Speed} times faster than the clock")]
    public static partial void Live(ILogger log, double speed);

    [LoggerMessage(LogLevel.Error, "The demonstration failed and resumes where it was: {Reason}")]
    public static partial void DemonstrationFailed(ILogger log, string reason);
}
