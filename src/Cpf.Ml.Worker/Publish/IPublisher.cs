using Cpf.Ml.Worker.Alerts;

namespace Cpf.Ml.Worker.Publish;

/// <summary>Delivers notices of incidents to one receiver.</summary>
internal interface IPublisher
{
    /// <summary>Name shown to people and stored in the outbox.</summary>
    string Name { get; }

    /// <exception cref="HttpRequestException">Nobody answered.</exception>
    Task<Delivery> DeliverAsync(OutboxMessage message, CancellationToken cancellationToken);
}

/// <summary>Outcome of one delivery attempt.</summary>
/// <param name="Error">Null when it was delivered; otherwise a message without secrets.</param>
/// <param name="Permanent">The receiver will never accept this message.</param>
/// <param name="Late">It was delivered, but the incident had ended by then.</param>
internal readonly record struct Delivery(string? Error, bool Permanent, bool Late = false)
{
    public static Delivery Done { get; } = new(null, false);

    /// <summary>
    /// Reads a response. Only statuses that refuse this message itself are permanent: 400, 410, 413, 415, 422.
    /// Everything else can be repaired at the other end while delivery is retried: a secret (401, 403, 407), an address
    /// or a proxy during a deployment (3xx, 404, 405, 409), a rate limit or timeout (408, 425, 429), the receiver
    /// (5xx).
    /// </summary>
    public static async Task<Delivery> OfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
        {
            return Done;
        }

        var status = (int)response.StatusCode;
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        var said = body.Length > 300 ? body[..300] + "…" : body;
        return new Delivery($"HTTP {status} {response.ReasonPhrase}: {said}".TrimEnd(':', ' '),
            status is 400 or 410 or 413 or 415 or 422);
    }
}
