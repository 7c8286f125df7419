namespace Cpf.Ml.Worker.Storage;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information,
        "Deleted by retention: {Incidents} incidents, {Silences} silences, {Lines} lines of the audit log")]
    public static partial void Purged(ILogger log, int incidents, int silences, int lines);

    [LoggerMessage(LogLevel.Warning, "Expired rows could not be deleted; the next attempt is in an hour")]
    public static partial void RetentionFailed(ILogger log, Exception reason);
}
