namespace Cpf.Ml.Worker.Publish;

/// <summary>A receiver of signed CloudEvents.</summary>
public sealed class WebhookSettings
{
    /// <summary>Lower-case letters, digits and hyphens; it is shown to people and identifies the messages in the
    /// outbox.</summary>
    public string Name { get; init; } = "";

    public string Url { get; init; } = "";

    /// <summary>
    /// <c>whsec_</c> and base64 of 24 to 64 bytes. Each one signs every message, so that a receiver can rotate secrets
    /// without losing messages. Never written to a log.
    /// </summary>
    public string[] Secrets { get; init; } = [];

    internal string PublisherName => $"webhook-{Name}";

    internal IEnumerable<string> Validate(int index)
    {
        if (Name.Length == 0
            || !Name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-'))
        {
            yield return $"Webhooks:{index}:Name must be lower-case letters, digits and hyphens, was \"{Name}\".";
        }

        // An address may hold a password: it is not repeated.
        if (!PublishSettings.IsHttp(Url))
        {
            yield return $"Webhooks:{index}:Url must be an http or https address.";
        }

        if (Secrets.Length == 0)
        {
            yield return $"Webhooks:{index}:Secrets must hold at least one secret.";
        }

        for (var secret = 0; secret < Secrets.Length; secret++)
        {
            if (!WebhookSignature.IsSecret(Secrets[secret]))
            {
                yield return $"Webhooks:{index}:Secrets:{secret} must be whsec_ followed by base64 of 24 to 64 bytes.";
            }
        }
    }
}
