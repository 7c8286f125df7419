namespace Cpf.Ml.Scoring.Transactions.Minutes;

/// <summary>A metric derived from transactions: volume, error rate, three quantiles of the duration.</summary>
/// <param name="Name">Name of the metric, which its series share.</param>
/// <param name="Kind">Kind of the metric.</param>
/// <param name="Unit">Unit of the values, for example <c>s</c>.</param>
/// <param name="Quantile">Label <c>quantile</c> of a duration; empty for other metrics.</param>
public sealed record TransactionMetric(string Name, MetricKind Kind, string Unit, string Quantile = "")
{
    /// <summary>Name of the three quantiles of the duration, in seconds.</summary>
    public const string DurationName = "transaction_duration_seconds";

    /// <summary>Name of the number of transactions a minute.</summary>
    public const string VolumeName = "transaction_volume";

    /// <summary>Name of the share of transactions that failed.</summary>
    public const string ErrorName = "transaction_error_ratio";

    /// <summary>Default outcomes that count as failures of the platform; any other is a success or a choice of the
    /// user.</summary>
    public static readonly IReadOnlyList<string> Failures = ["error", "timeout", "failure"];

    /// <summary>The five metrics of each group.</summary>
    public static readonly IReadOnlyList<TransactionMetric> All =
    [
        new(VolumeName, MetricKind.Volume, "1/min"),
        new(ErrorName, MetricKind.ErrorRate, "ratio"),
        new(DurationName, MetricKind.Duration, "s", "0.5"),
        new(DurationName, MetricKind.Duration, "s", "0.95"),
        new(DurationName, MetricKind.Duration, "s", "0.99"),
    ];

    /// <summary>The labels of a group's series of this metric; empty values are left out.</summary>
    /// <param name="group">The group.</param>
    public IEnumerable<KeyValuePair<string, string>> Labels(TransactionGroup group) =>
        new KeyValuePair<string, string>[]
        {
            new("service", group.Service), new("operation", group.Operation), new("channel", group.Channel),
            new("region", group.Region), new("quantile", Quantile),
        }.Where(label => label.Value.Length > 0);

    /// <summary>The observation of this metric in a minute. Without a transaction the volume is 0, error rate and
    /// durations are missing.</summary>
    /// <param name="minute">The minute of a group.</param>
    public Observation Of(in TransactionMinute minute) => (Kind, minute.Count) switch
    {
        (MetricKind.Volume, _) => new(minute.Minute, minute.Count),
        (_, 0) => new(minute.Minute, double.NaN, 0),
        (MetricKind.ErrorRate, _) => new(minute.Minute, minute.ErrorRate, minute.Count),
        _ => new(minute.Minute, Quantile switch { "0.5" => minute.P50, "0.95" => minute.P95, _ => minute.P99 }),
    };
}
