using System.Net.Http.Headers;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Publish;

/// <summary>
/// Posts to Alertmanager what is true now, not what was true when the message was written: posting twice, late or after a restart of
/// either side leads to the same alerts.
/// </summary>
internal sealed class AlertmanagerPublisher(
    PublishSettings settings, IncidentSearch incidents, IHttpClientFactory clients, TimeProvider time) : IPublisher
{
    /// <summary>Alertmanager takes 500 alerts at once with ease; a larger estate of incidents goes in parts.</summary>
    private const int MostAtOnce = 500;

    public string Name => PublishSettings.AlertmanagerName;

    public async Task<Delivery> DeliverAsync(OutboxMessage message, CancellationToken cancellationToken) =>
        await incidents.FindAsync(message.IncidentId, cancellationToken) is { } incident
            ? await PostAsync([incident], cancellationToken)
            : new Delivery($"Incident {message.IncidentId} is not in the store.", Permanent: true);

    /// <summary>Posts every alert that fires or that ended lately.</summary>
    public async Task<Delivery> RepostAsync(CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - settings.Alertmanager.RepostClosedFor;
        return await PostAsync(await incidents.FindAnnouncedAsync(since, cancellationToken), cancellationToken);
    }

    private async Task<Delivery> PostAsync(IReadOnlyList<Incident> found, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var alerts = found.SelectMany(incident => AlertmanagerAlert.Of(incident, settings, now)).ToList();
        foreach (var part in alerts.Chunk(MostAtOnce))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{settings.Alertmanager.Url.TrimEnd('/')}/api/v2/alerts")
            {
                Content = JsonContent.Create(part, options: AlertJson.Options),
            };
            if (settings.Alertmanager.BearerToken.Length > 0)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.Alertmanager.BearerToken);
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
