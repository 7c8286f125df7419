using Cpf.Ml.Scoring.Transactions;

namespace Cpf.Ml.Worker.Ingest.Transactions;

/// <summary>The series of a group of transactions, one a <see cref="TransactionMetric"/>.</summary>
internal sealed class TransactionSeries(TransactionGroup group)
{
    private readonly (TransactionMetric Metric, SeriesTarget Target)[] _series =
        [.. TransactionMetric.All.Select(metric => (metric, new SeriesTarget(
            new SeriesIdentity(metric.Name, metric.Labels(group)), metric.Kind, metric.Unit, group.Service)))];

    /// <summary>Every series of the group.</summary>
    public IEnumerable<SeriesTarget> Targets => _series.Select(series => series.Target);

    public void Add(in TransactionMinute minute, IntakeBatch batch)
    {
        foreach (var (metric, target) in _series)
        {
            var point = metric.Of(minute);
            batch.Count(batch.Add(target, point.Timestamp, point.Value, point.Volume));
        }
    }
}
