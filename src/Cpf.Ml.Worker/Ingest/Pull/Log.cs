namespace Cpf.Ml.Worker.Ingest.Pull;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "Pull of {Query} failed, next attempt in {Seconds} s: {Reason}")]
    public static partial void PullFailed(ILogger log, string query, double seconds, string reason);
}
