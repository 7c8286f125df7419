using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Alerts;

namespace Cpf.Ml.Worker.Publish;

internal static partial class Log
{
    [LoggerMessage(
        2100,
        LogLevel.Warning,
        "Incident {Notice}: {Title} ({IncidentId}, capability {Capability}, service {Service}, severity {Severity}, "
            + "alerts {Alerts}, {DashboardUrl})")]
    public static partial void Incident(
        ILogger log,
        Notice notice,
        string incidentId,
        Capability capability,
        string service,
        Severity severity,
        string title,
        int alerts,
        string dashboardUrl);

    [LoggerMessage(2101, LogLevel.Warning, "{Publisher} does not answer, message {MessageId} waits: {Error}")]
    public static partial void Unreachable(ILogger log, string publisher, string messageId, string error);

    [LoggerMessage(2102, LogLevel.Warning, "{Publisher} refused message {MessageId} at attempt {Attempt}: {Error}")]
    public static partial void Refused(ILogger log, string publisher, string messageId, int attempt, string error);

    [LoggerMessage(
        2103,
        LogLevel.Error,
        "Message {MessageId} of incident {IncidentId} to {Publisher} is given up; it can be sent again from the "
            + "console: {Error}")]
    public static partial void GivenUp(
        ILogger log, string publisher, string messageId, string incidentId, string error);

    [LoggerMessage(
        2104, LogLevel.Error, "The outbox of {Publisher} could not be read or written; it is retried shortly")]
    public static partial void OutboxFailed(ILogger log, Exception exception, string publisher);

    [LoggerMessage(2105,
        LogLevel.Warning, "Firing alerts could not be re-posted to Alertmanager; it is retried shortly: {Error}")]
    public static partial void RepostFailed(ILogger log, string error);
}
