using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Publish;

/// <summary>Sends notices of incidents as signed CloudEvents 1.0 in structured mode.</summary>
internal sealed class WebhookPublisher(
    WebhookSettings webhook, PublishSettings settings, IHttpClientFactory clients, TimeProvider time) : IPublisher
{
    private static readonly JsonEventFormatter Formatter = new(StoredJson.Options, default);

    public string Name => webhook.PublisherName;

    public async Task<Delivery> DeliverAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var body = Formatter.EncodeStructuredModeMessage(Event(message), out var contentType);
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        using var request =
            new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType.ToString());
        request.Headers.Add("webhook-id", message.Id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(
            "webhook-signature", WebhookSignature.Sign(webhook.Secrets, message.Id, timestamp, body.Span));
        using var response = await clients.CreateClient(PublishModule.Client).SendAsync(request, cancellationToken);
        return await Delivery.OfAsync(response, cancellationToken);
    }

    private CloudEvent Event(OutboxMessage message) => new()
    {
        Id = message.Id,
        Type = $"fr.cpf-ml.incident.{StoredJson.Name(message.Notice)}.v1",
        Source = new Uri(settings.ConsoleUrl),
        Subject = message.IncidentId,
        Time = message.CreatedAt,
        DataContentType = "application/json",
        DataSchema = new Uri(settings.Receivers.SchemaUrl),
        Data = JsonSerializer.Deserialize<JsonElement>(message.Payload),
    };
}
