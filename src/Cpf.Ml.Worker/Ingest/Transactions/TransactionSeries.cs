using Cpf.Ml.Scoring.Transactions;

namespace Cpf.Ml.Worker.Ingest.Transactions;

/// <summary>The series of a group of transactions: volume, error rate, three quantiles of the duration.</summary>
internal sealed class TransactionSeries(TransactionGroup group)
{
    public const string DurationName = "transaction_duration_seconds";
    public const string VolumeName = "transaction_volume";
    public const string ErrorName = "transaction_error_ratio";

    private readonly SeriesTarget _volume = Target(group, VolumeName, MetricKind.Volume, "1/min");
    private readonly SeriesTarget _errors = Target(group, ErrorName, MetricKind.ErrorRate, "ratio");
    private readonly SeriesTarget _p50 = Target(group, DurationName, MetricKind.Duration, "s", "0.5");
    private readonly SeriesTarget _p95 = Target(group, DurationName, MetricKind.Duration, "s", "0.95");
    private readonly SeriesTarget _p99 = Target(group, DurationName, MetricKind.Duration, "s", "0.99");

    /// <summary>Every series of the group.</summary>
    public IEnumerable<SeriesTarget> Targets => [_volume, _errors, _p50, _p95, _p99];

    /// <summary>A minute without a transaction has a volume of 0; error rate and durations are then known to be missing.</summary>
    public void Add(in TransactionMinute minute, IntakeBatch batch)
    {
        batch.Count(batch.Add(_volume, minute.Minute, minute.Count));
        if (minute.Count == 0)
        {
            foreach (var target in (ReadOnlySpan<SeriesTarget>)[_errors, _p50, _p95, _p99])
            {
                batch.Count(batch.Add(target, minute.Minute, double.NaN, volume: 0));
            }

            return;
        }

        batch.Count(batch.Add(_errors, minute.Minute, minute.ErrorRate, minute.Count));
        batch.Count(batch.Add(_p50, minute.Minute, minute.P50));
        batch.Count(batch.Add(_p95, minute.Minute, minute.P95));
        batch.Count(batch.Add(_p99, minute.Minute, minute.P99));
    }

    private static SeriesTarget Target(TransactionGroup group, string name, MetricKind kind, string unit, string quantile = "")
    {
        KeyValuePair<string, string>[] labels =
        [
            new("service", group.Service), new("operation", group.Operation), new("channel", group.Channel),
            new("region", group.Region), new("quantile", quantile),
        ];
        return new SeriesTarget(new SeriesIdentity(name, labels.Where(label => label.Value.Length > 0)), kind, unit, group.Service);
    }
}
