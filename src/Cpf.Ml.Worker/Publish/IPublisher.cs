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
internal readonly record struct Delivery(string? Error, bool Permanent)
{
    public static Delivery Done { get; } = new(null, false);

    /// <summary>Reads an answer: a success, an error that may pass (408, 425, 429, 5xx), or one that will not.</summary>
    public static async Task<Delivery> OfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
        {
            return Done;
        }

        var status = (int)response.StatusCode;
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        var said = body.Length > 300 ? body[..300] + "…" : body;
        return new Delivery($"HTTP {status} {response.ReasonPhrase}: {said}".TrimEnd(':', ' '), status is < 500 and not 408 and not 425 and not 429);
    }
}
