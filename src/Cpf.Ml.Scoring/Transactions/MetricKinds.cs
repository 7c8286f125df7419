namespace Cpf.Ml.Scoring.Transactions;

/// <summary>Properties of a metric that follow from its name or kind.</summary>
public static class MetricKinds
{
    private static readonly string[] Failure = ["error", "fail", "reject"];

    /// <summary>The kind of a metric by the naming conventions of Prometheus.</summary>
    /// <param name="name">Name of a metric whose samples are values, not running totals.</param>
    public static MetricKind Of(string name) =>
        name.EndsWith("_seconds", StringComparison.Ordinal) ? MetricKind.Duration
        : IsShare(name) && Failure.Any(word => name.Contains(word, StringComparison.Ordinal)) ? MetricKind.ErrorRate
        : MetricKind.Gauge;

    /// <summary>Whether values below the expected one are an improvement.</summary>
    /// <param name="kind">Kind of the metric.</param>
    public static bool OnlyHigherIsBad(MetricKind kind) => kind is MetricKind.Duration or MetricKind.ErrorRate;

    /// <summary>Whether the metric is feminine in French, as a duration is; others are masculine or have a name without
    /// gender.</summary>
    /// <param name="kind">Kind of the metric.</param>
    public static bool IsFeminine(MetricKind kind) => kind == MetricKind.Duration;

    private static bool IsShare(string name) =>
        name.EndsWith("_ratio", StringComparison.Ordinal) || name.EndsWith("_rate", StringComparison.Ordinal);
}
