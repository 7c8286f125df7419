namespace Cpf.Ml.Worker.Ingest.Self;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Error, "This process and its host could not be measured; the next round follows: {Reason}")]
    public static partial void MeasurementFailed(ILogger log, string reason);
}
