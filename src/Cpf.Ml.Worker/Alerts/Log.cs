using Cpf.Ml.Scoring.Alerts;

namespace Cpf.Ml.Worker.Alerts;

internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Debug, "Alert {AlertId} of {Series}: {Reason}, incident {IncidentId}")]
    public static partial void AlertProcessed(
        ILogger log, string alertId, string series, AlertReason reason, string? incidentId);

    [LoggerMessage(2001, LogLevel.Error, "Holds and silences could not be checked; the next check is due soon")]
    public static partial void SweepFailed(ILogger log, Exception exception);
}
