using Cpf.Ml.Worker.Alerts;

namespace Cpf.Ml.Worker.Publish;

/// <summary>Carries news of incidents to one receiver.</summary>
internal interface IPublisher
{
    /// <summary>As people and the outbox know it.</summary>
    string Name { get; }

    /// <exception cref="HttpRequestException">Nobody answered.</exception>
    Task<Delivery> DeliverAsync(OutboxMessage message, CancellationToken cancellationToken);
}

/// <summary>What became of one try.</summary>
/// <param name="Error">Null when it arrived; else in words, without secrets.</param>
/// <param name="Permanent">The receiver will never take this message.</param>
/// <param name="Late">It arrived, but what it tells of was over by then.</param>
internal readonly record struct Delivery(string? Error, bool Permanent, bool Late = false)
{
    public static Delivery Done { get; } = new(null, false);

    /// <summary>
    /// Reads an answer. Only what says that this message itself will never be taken is permanent: 400, 410, 413, 415,
    /// 422. Everything else can be mended at the other end while it is tried again: a secret (401, 403, 407), an
    /// address or a proxy in the middle of a deployment (3xx, 404, 405, 409), too much at once (408, 425, 429), the
    /// receiver (5xx).
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
