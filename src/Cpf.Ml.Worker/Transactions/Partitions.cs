using System.Collections.Immutable;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>All partitions of the process, by number, and their series for reading. Thread-safe.</summary>
internal sealed class Partitions
{
    private const int MaxContributors = 5;

    private readonly Partition[] _all;
    private readonly IngestQueue _queue;
    private readonly SeriesCatalog _catalog;

    public Partitions(
        IngestQueue queue,
        TransactionsSettings settings,
        SeriesAlerts alerts,
        AlertsPerPoint budget,
        PointHistory history,
        SeriesCatalog catalog,
        Deployments deployments,
        ImportantSeries important,
        JointEvidence joint,
        TrainedStart trained,
        TimeProvider time)
    {
        (_queue, _catalog) = (queue, catalog);
        var start = new SeriesStart(settings, trained, time);
        _all = [.. Enumerable.Range(0, queue.Partitions).Select(_ => new Partition(
            start, alerts, budget, history, catalog, deployments, important, joint, ContributorsTo, time))];
    }

    public Partition this[int number] => _all[number];

    public IReadOnlyList<Partition> All => _all;

    /// <summary>Every series that has had a sample.</summary>
    public IEnumerable<MonitoredSeries> Series
    {
        get
        {
            foreach (var partition in _all)
            {
                foreach (var state in partition.States)
                {
                    if (Read(state) is { } series)
                    {
                        yield return series;
                    }
                }
            }
        }
    }

    /// <summary>The partition that scores a series.</summary>
    public Partition Of(long seriesId) => _all[_queue.PartitionOf(seriesId)];

    /// <returns>Null when the series is unknown, or has not had a sample.</returns>
    public MonitoredSeries? Find(long seriesId) => Of(seriesId).Find(seriesId) is { } state ? Read(state) : null;

    /// <summary>Null when the series was retired just now.</summary>
    private MonitoredSeries? Read(SeriesState state) =>
        _catalog.Find(state.Identity.Id) is { } series ? new MonitoredSeries(series, state) : null;

    /// <summary>The series of a service whose scores are the highest now.</summary>
    private ImmutableArray<Contributor> ContributorsTo(SeriesDescriptor joint) =>
    [
        .. Series.Where(other => other.Series.Service == joint.Service && !other.Series.IsJoint)
            .OrderByDescending(other => other.State.LastScore)
            .ThenBy(other => other.Series.Identity.Key, StringComparer.Ordinal).Take(MaxContributors)
            .Select(other => new Contributor(
                SeriesIdentity.Hex(other.Series.Identity.Id), SeriesNames.Of(other.Series), other.State.LastScore)),
    ];
}
