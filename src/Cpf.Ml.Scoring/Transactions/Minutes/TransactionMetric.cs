namespace Cpf.Ml.Scoring.Transactions.Minutes;

/// <summary>A metric that transactions are made into: volume, error rate, three quantiles of the duration.</summary>
/// <param name="Name">Of its series, beside their labels.</param>
/// <param name="Quantile">Label of a duration; empty for others.</param>
public sealed record TransactionMetric(string Name, MetricKind Kind, string Unit, string Quantile = "")
{
    public const string DurationName = "transaction_duration_seconds";
    public const string VolumeName = "transaction_volume";
    public const string ErrorName = "transaction_error_ratio";

    /// <summary>Outcomes that are the platform's failure unless somebody says otherwise; any other is a success or a
    /// person's choice.</summary>
    public static readonly IReadOnlyList<string> Failures = ["error", "timeout", "failure"];

    public static readonly IReadOnlyList<TransactionMetric> All =
    [
        new(VolumeName, MetricKind.Volume, "1/min"),
        new(ErrorName, MetricKind.ErrorRate, "ratio"),
        new(DurationName, MetricKind.Duration, "s", "0.5"),
        new(DurationName, MetricKind.Duration, "s", "0.95"),
        new(DurationName, MetricKind.Duration, "s", "0.99"),
    ];

    /// <summary>Of a group's series of this metric; what is empty is no label.</summary>
    public IEnumerable<KeyValuePair<string, string>> Labels(TransactionGroup group) =>
        new KeyValuePair<string, string>[]
        {
            new("service", group.Service), new("operation", group.Operation), new("channel", group.Channel),
            new("region", group.Region), new("quantile", Quantile),
        }.Where(label => label.Value.Length > 0);

    /// <summary>A minute without a transaction has a volume of 0; error rate and durations are then known to be
    /// missing.</summary>
    public Observation Of(in TransactionMinute minute) => (Kind, minute.Count) switch
    {
        (MetricKind.Volume, _) => new(minute.Minute, minute.Count),
        (_, 0) => new(minute.Minute, double.NaN, 0),
        (MetricKind.ErrorRate, _) => new(minute.Minute, minute.ErrorRate, minute.Count),
        _ => new(minute.Minute, Quantile switch { "0.5" => minute.P50, "0.95" => minute.P95, _ => minute.P99 }),
    };
}
