using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>All partitions of the process, by number.</summary>
internal sealed class Partitions
{
    private readonly Partition[] _all;
    private readonly IngestQueue _queue;

    public Partitions(
        IngestQueue queue,
        TransactionsSettings settings,
        SeriesAlerts alerts,
        AlertsPerPoint budget,
        PointHistory history,
        SilenceJudge silence,
        SeriesCatalog catalog,
        Deployments deployments,
        ImportantSeries important,
        JointEvidence joint,
        TrainedStart trained,
        TimeProvider time)
    {
        _queue = queue;
        _all = [.. Enumerable.Range(0, queue.Partitions).Select(_ => new Partition(
            settings, alerts, budget, history, silence, catalog, deployments, important, joint, trained, time))];
    }

    public Partition this[int number] => _all[number];

    public IReadOnlyList<Partition> All => _all;

    public Partition Of(SeriesEntry series) => _all[_queue.PartitionOf(series)];
}
