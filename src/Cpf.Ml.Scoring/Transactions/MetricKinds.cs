namespace Cpf.Ml.Scoring.Transactions;

/// <summary>What is known of a metric by its name and kind.</summary>
public static class MetricKinds
{
    private static readonly string[] Failure = ["error", "fail", "reject"];

    /// <summary>By the conventions of Prometheus.</summary>
    /// <param name="name">Of a metric whose samples are values; running totals are another matter.</param>
    public static MetricKind Of(string name) =>
        name.EndsWith("_seconds", StringComparison.Ordinal) ? MetricKind.Duration
        : IsShare(name) && Failure.Any(word => name.Contains(word, StringComparison.Ordinal)) ? MetricKind.ErrorRate
        : MetricKind.Gauge;

    /// <summary>Less than usual is good news.</summary>
    public static bool OnlyHigherIsBad(MetricKind kind) => kind is MetricKind.Duration or MetricKind.ErrorRate;

    /// <summary>A duration is feminine in French; what else is measured is masculine, or has a name without
    /// gender.</summary>
    public static bool IsFeminine(MetricKind kind) => kind == MetricKind.Duration;

    private static bool IsShare(string name) =>
        name.EndsWith("_ratio", StringComparison.Ordinal) || name.EndsWith("_rate", StringComparison.Ordinal);
}
