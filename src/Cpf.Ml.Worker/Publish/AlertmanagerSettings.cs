namespace Cpf.Ml.Worker.Publish;

/// <summary>A Prometheus Alertmanager, API v2.</summary>
public sealed class AlertmanagerSettings
{
    /// <summary>For example <c>http://127.0.0.1:9093</c>; empty: none.</summary>
    public string Url { get; init; } = "";

    /// <summary>Sent as bearer token when not empty; never written to a log.</summary>
    public string BearerToken { get; init; } = "";

    /// <summary>How often firing alerts are re-posted; a restarted Alertmanager has them after this time. Default 30
    /// s.</summary>
    public TimeSpan RepostEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the end of an alert is re-posted. Default 5 minutes.</summary>
    public TimeSpan RepostClosedFor { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long an incident that ended before Alertmanager could be reached fires there, so that people are notified.
    /// Longer than its <c>group_interval</c>. Default 10 minutes.
    /// </summary>
    public TimeSpan LateFor { get; init; } = TimeSpan.FromMinutes(10);

    internal IEnumerable<string> Validate()
    {
        if (Url.Length > 0 && !PublishSettings.IsHttp(Url))
        {
            yield return $"Alertmanager:Url must be an http or https address, was \"{Url}\".";
        }

        if (RepostEvery < TimeSpan.FromMilliseconds(100) || RepostEvery > TimeSpan.FromMinutes(4))
        {
            yield return $"Alertmanager:RepostEvery must be 100 milliseconds to 4 minutes, below Alertmanager's "
                + $"resolve_timeout, was {RepostEvery}.";
        }

        if (LateFor <= TimeSpan.Zero)
        {
            yield return $"Alertmanager:LateFor must be positive, was {LateFor}.";
        }

        if (RepostClosedFor < TimeSpan.Zero)
        {
            yield return $"Alertmanager:RepostClosedFor must not be negative, was {RepostClosedFor}.";
        }
    }
}
