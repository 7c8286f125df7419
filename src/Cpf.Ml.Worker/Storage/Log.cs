namespace Cpf.Ml.Worker.Storage;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information,
        "Forgotten by age: {Incidents} incidents, {Silences} silences, {Lines} lines of the audit log")]
    public static partial void Forgotten(ILogger log, int incidents, int silences, int lines);

    [LoggerMessage(LogLevel.Warning, "What is too old could not be forgotten; the next hour tries again")]
    public static partial void RetentionFailed(ILogger log, Exception reason);
}
