using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Publish;

/// <summary>Writes notices of incidents to the structured log.</summary>
internal sealed class LogPublisher(ILogger<LogPublisher> log) : IPublisher
{
    public string Name => PublishSettings.LogName;

    public Task<Delivery> DeliverAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var incident = StoredJson.Read<LoggedIncident>(message.Payload);
        Log.Incident(
            log, message.Notice, message.IncidentId, incident.Capability, incident.Service, incident.Severity,
            incident.Title.En, incident.AlertCount, incident.DashboardUrl);
        return Task.FromResult(Delivery.Done);
    }

    /// <summary>What the log states of an <see cref="IncidentDocument"/>, and no more: a message that an older version
    /// queued may lack fields of its alerts that are required today.</summary>
    private sealed record LoggedIncident(
        Capability Capability, string Service, Severity Severity, Text Title, int AlertCount, string DashboardUrl);
}
