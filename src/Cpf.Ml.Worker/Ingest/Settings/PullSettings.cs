using System.Text.RegularExpressions;
using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Transactions;

namespace Cpf.Ml.Worker.Ingest.Settings;

/// <summary>A PromQL query that is pulled periodically.</summary>
public sealed partial class PullSettings : IValidated
{
    /// <summary>Name of the series and of the source: letters, digits, <c>_</c> and <c>:</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>Base address of the Prometheus, for example <c>http://prometheus:9090/</c>.</summary>
    public string Url { get; init; } = "";

    /// <summary>PromQL. Each series of the result is scored separately, under its labels.</summary>
    public string Query { get; init; } = "";

    /// <summary>For an error rate: query for the attempts behind it, with the same labels in its result. Empty when
    /// there is none.</summary>
    public string VolumeQuery { get; init; } = "";

    /// <summary>Kind of the result. Default <see cref="MetricKind.Gauge"/>.</summary>
    public MetricKind Kind { get; init; }

    /// <summary>For people, for example <c>s</c>; empty when there is none.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Service for incidents; empty means the service label of the result.</summary>
    public string Service { get; init; } = "";

    /// <summary>Sent as a bearer token; empty means none.</summary>
    public string Token { get; init; } = "";

    /// <summary>Time between points. Default 1 minute.</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>History fetched the first time. Default 28 days.</summary>
    public TimeSpan Backfill { get; init; } = TimeSpan.FromDays(28);

    public IEnumerable<string> Validate()
    {
        if (!NamePattern().IsMatch(Name))
        {
            yield return $"Name must be 1 to 100 letters, digits, _ or :, was \"{Name}\".";
        }

        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            yield return $"Url must be an http or https address, was \"{Url}\".";
        }

        if (string.IsNullOrWhiteSpace(Query))
        {
            yield return "Query must not be empty.";
        }

        if (Step < TimeSpan.FromSeconds(1) || Step > TimeSpan.FromDays(1) || Step.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            yield return $"Step must be 1 second to 1 day, in whole seconds, was {Step}.";
        }

        if (Backfill < TimeSpan.Zero)
        {
            yield return $"Backfill must not be negative, was {Backfill}.";
        }
    }

    [GeneratedRegex("^[a-zA-Z_:][a-zA-Z0-9_:]{0,99}$")]
    private static partial Regex NamePattern();
}
