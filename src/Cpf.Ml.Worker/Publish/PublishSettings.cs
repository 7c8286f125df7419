using Cpf.Ml.Scoring;
using Cpf.Ml.Worker.Alerts;

namespace Cpf.Ml.Worker.Publish;

/// <summary>Receivers of incidents, and how delivery is retried.</summary>
public sealed class PublishSettings : IValidated
{
    public const string AlertmanagerName = "alertmanager";
    public const string LogName = "log";

    /// <summary>Address of the console as receivers reach it, for the links in what they get. Default
    /// <c>http://127.0.0.1:5080</c>.</summary>
    public string ConsoleUrl { get; init; } = "http://127.0.0.1:5080";

    public AlertmanagerSettings Alertmanager { get; init; } = new();

    public WebhookSettings[] Webhooks { get; init; } = [];

    /// <summary>Whether each incident's notices are written to the log. Default true.</summary>
    public bool Log { get; init; } = true;

    /// <summary>Timeout of a delivery attempt. Default 10 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Delay after a first failed delivery; doubled after each further one. Default 1 s.</summary>
    public TimeSpan FirstRetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest delay between two attempts, and so the longest delay after a receiver recovers. Default 1
    /// minute.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Attempts after which a message that the receiver answers with an error is given up. Default 200: some two and a
    /// half hours, time to repair a secret or an address. A receiver that does not answer at all is retried without
    /// limit.
    /// </summary>
    public int MaxAttempts { get; init; } = 200;

    /// <summary>How often the outbox is polled when nothing wakes the dispatcher. Default 5 s.</summary>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long delivered messages are kept. Default 30 days.</summary>
    public TimeSpan KeepDelivered { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Names of the configured publishers.</summary>
    internal IReadOnlyList<string> Names =>
    [
        .. Alertmanager.Url.Length > 0 ? [AlertmanagerName] : Array.Empty<string>(),
        .. Webhooks.Select(webhook => webhook.PublisherName),
        .. Log ? [LogName] : Array.Empty<string>(),
    ];

    internal AlertReceivers Receivers => new(ConsoleUrl, Names);

    public IEnumerable<string> Validate()
    {
        if (!IsHttp(ConsoleUrl))
        {
            yield return $"ConsoleUrl must be an http or https address, was \"{ConsoleUrl}\".";
        }

        foreach (var reason in Alertmanager.Validate()
            .Concat(Webhooks.SelectMany((webhook, index) => webhook.Validate(index))))
        {
            yield return reason;
        }

        foreach (var twice in Webhooks.GroupBy(webhook => webhook.Name).Where(group => group.Count() > 1))
        {
            yield return $"Webhooks must have different names, \"{twice.Key}\" is there {twice.Count()} times.";
        }

        if (MaxAttempts < 1)
        {
            yield return $"MaxAttempts must be at least 1, was {MaxAttempts}.";
        }

        foreach (var (name, value) in new[]
                 {
                     (nameof(Timeout), Timeout),
                     (nameof(FirstRetryDelay), FirstRetryDelay), (nameof(MaxRetryDelay), MaxRetryDelay),
                     (nameof(PollEvery), PollEvery), (nameof(KeepDelivered), KeepDelivered),
                 })
        {
            if (value <= TimeSpan.Zero)
            {
                yield return $"{name} must be positive, was {value}.";
            }
        }
    }

    internal static bool IsHttp(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
}
