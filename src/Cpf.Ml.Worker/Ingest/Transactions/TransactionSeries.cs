using Cpf.Ml.Scoring.Transactions.Minutes;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Ingest.Transactions;

/// <summary>The series of a group of transactions, one a <see cref="TransactionMetric"/>.</summary>
/// <param name="group">Operation, channel, region and service of the transactions.</param>
/// <param name="clock">As <see cref="SeriesDescriptor.Clock"/>.</param>
/// <param name="alertsFrom">As <see cref="SeriesDescriptor.AlertsFrom"/>.</param>
internal sealed class TransactionSeries(TransactionGroup group, TimeProvider? clock = null, long alertsFrom = 0)
{
    private readonly (TransactionMetric Metric, SeriesTarget Target)[] _series =
        [.. TransactionMetric.All.Select(metric => (metric, new SeriesTarget(
            new SeriesDescriptor(Identity(group, metric), metric.Kind, metric.Unit, group.Service)
            {
                Clock = clock,
                AlertsFrom = alertsFrom,
            })))];

    /// <summary>Every series of the group.</summary>
    public IEnumerable<SeriesTarget> Targets => _series.Select(series => series.Target);

    public static SeriesIdentity Identity(TransactionGroup group, TransactionMetric metric) =>
        new(metric.Name, metric.Labels(group));

    public void Add(in TransactionMinute minute, IntakeBatch batch)
    {
        if (minute.Examples.Sample.Length > 0)
        {
            batch.Minutes.Add(minute);
        }

        foreach (var (metric, target) in _series)
        {
            var point = metric.Of(minute);
            batch.Count(batch.Add(target, point.Timestamp, point.Value, point.Volume));
        }
    }
}
