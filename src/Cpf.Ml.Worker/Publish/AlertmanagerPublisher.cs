using System.Net.Http.Headers;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Publish;

/// <summary>
/// Posts the current state to Alertmanager, not the state when the message was written: posting twice, late or after a
/// restart of either side leads to the same alerts.
/// </summary>
internal sealed class AlertmanagerPublisher(
    PublishSettings settings, IncidentSearchStore incidents, IHttpClientFactory clients, TimeProvider time) : IPublisher
{
    /// <summary>Alerts in one request; more are posted in several requests.</summary>
    private const int MaxAlertsPerRequest = 500;

    public string Name => PublishSettings.AlertmanagerName;

    public async Task<Delivery> DeliverAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        if (await incidents.FindAsync(message.IncidentId, cancellationToken) is not { } incident)
        {
            return new Delivery($"Incident {message.IncidentId} is not in the store.", Permanent: true);
        }

        var now = time.GetUtcNow();
        var alerts = AlertmanagerAlert.Of(incident, settings, now, keep: DateTimeOffset.MinValue).ToList();
        var late = IsLate(incident, message.Notice);
        if (late)
        {
            alerts.Add(AlertmanagerAlert.Late(incident, settings, now));
        }

        return await PostAsync(alerts, cancellationToken) with { Late = late };
    }

    /// <summary>Posts every alert that fires or ended recently.</summary>
    public async Task<Delivery> RepostAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var since = now - settings.Alertmanager.RepostClosedFor;
        var found = await incidents.FindAnnouncedAsync(since, cancellationToken);
        return await PostAsync(
            [.. found.SelectMany(incident => AlertmanagerAlert.Of(incident, settings, now, since))], cancellationToken);
    }

    /// <summary>A notice of an incident that is over by now, unless it was silenced: then nobody is notified.</summary>
    private static bool IsLate(Incident incident, Notice notice) =>
        notice is Notice.Opened or Notice.Escalated or Notice.Resumed
        && incident.SilencedBy is null
        && incident.Announced.All(announced => announced.Until is not null);

    private async Task<Delivery> PostAsync(IReadOnlyList<AlertmanagerAlert> alerts, CancellationToken cancellationToken)
    {
        foreach (var part in alerts.Chunk(MaxAlertsPerRequest))
        {
            using var request =
                new HttpRequestMessage(HttpMethod.Post, $"{settings.Alertmanager.Url.TrimEnd('/')}/api/v2/alerts")
                {
                    Content = JsonContent.Create(part, options: StoredJson.Options),
                };
            if (settings.Alertmanager.BearerToken.Length > 0)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue(
                    "Bearer", settings.Alertmanager.BearerToken);
            }

            using var response = await clients.CreateClient(PublishModule.Client).SendAsync(request, cancellationToken);
            var delivery = await Delivery.OfAsync(response, cancellationToken);
            if (delivery.Error is not null)
            {
                return delivery;
            }
        }

        return Delivery.Done;
    }
}
