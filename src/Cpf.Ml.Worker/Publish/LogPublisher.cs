using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Publish;

/// <summary>Writes notices of incidents to the structured log.</summary>
internal sealed class LogPublisher(ILogger<LogPublisher> log) : IPublisher
{
    public string Name => PublishSettings.LogName;

    public Task<Delivery> DeliverAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var incident = StoredJson.Read<IncidentDocument>(message.Payload);
        Log.Incident(
            log, message.Notice, message.IncidentId,
            incident.Service, incident.Severity, incident.Title.En, incident.AlertCount, incident.DashboardUrl);
        return Task.FromResult(Delivery.Done);
    }
}
