using System.Buffers;
using Cpf.Ml.Scoring.Transactions.Detection;
using Cpf.Ml.Scoring.Transactions.Evidence;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>All watched series, for reading. Thread-safe.</summary>
internal sealed class Estate(
    Partitions partitions, PointHistory history, SeriesAlerts alerts, ImportantSeries important, TimeProvider time)
{
    /// <summary>Length of a cell of <see cref="SeriesStatus.Cells"/>.</summary>
    public static readonly TimeSpan CellLength = TimeSpan.FromMinutes(10);

    /// <summary>12 hours of cells.</summary>
    public const int CellCount = 72;

    /// <summary>Every series that has had a sample.</summary>
    public IReadOnlyList<SeriesStatus> Snapshot() =>
        [.. partitions.Series.Select(StatusOf)];

    public SeriesStatus? Find(long seriesId) =>
        partitions.Find(seriesId) is { } series ? StatusOf(series) : null;

    /// <summary>What the detector of a series has learnt, null when the series is unknown. Waits for the batch that is
    /// being scored.</summary>
    public async Task<SeriesModel?> DescribeAsync(long seriesId, CancellationToken cancellationToken)
    {
        var partition = partitions.Of(seriesId);
        await partition.Gate.WaitAsync(cancellationToken);
        try
        {
            if (partition.Find(seriesId) is not { } series)
            {
                return null;
            }

            var detector = series.Monitor.Detector;
            var snapshot = new ArrayBufferWriter<byte>();
            detector.Snapshot(snapshot);
            return new SeriesModel(
                detector.WeekProfile(),
                [.. detector.Reliability()
                    .Select(rate => new ReliabilityPoint(rate.Nominal, rate.Observed, rate.Count))],
                detector.Count,
                detector.ConfidenceWeeks,
                detector.Seasonality,
                detector.Interval,
                snapshot.WrittenCount,
                SeriesDetector.Model.ToString(),
                series.Model,
                alerts.Configuration,
                series.Monitor.Rule.Learning,
                detector.IsSettling);
        }
        finally
        {
            partition.Gate.Release();
        }
    }

    /// <summary>Scored points of a series in [<paramref name="from"/>, <paramref name="to"/>), oldest first, from
    /// memory and store.</summary>
    public async Task<IReadOnlyList<ScoredPoint>> HistoryAsync(
        long seriesId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        (await HistoryAsync(
            [new(seriesId, from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds())], cancellationToken))[0];

    /// <summary>The same for many series in one query, in the order of the windows.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<ScoredPoint>>> HistoryAsync(
        IReadOnlyList<PointWindow> windows, CancellationToken cancellationToken)
    {
        var stored = await history.ReadAsync(windows, cancellationToken);
        var all = new List<IReadOnlyList<ScoredPoint>>(windows.Count);
        foreach (var (window, finished) in windows.Zip(stored))
        {
            var newest = finished is [.., var last] ? last.Timestamp : long.MinValue;
            all.Add([.. finished,
                .. (await CurrentHourAsync(window, cancellationToken)).Where(point => point.Timestamp > newest)]);
        }

        return all;
    }

    /// <summary>What the partition still holds; its writer changes it under the gate.</summary>
    private async Task<IReadOnlyList<ScoredPoint>> CurrentHourAsync(
        PointWindow window, CancellationToken cancellationToken)
    {
        var partition = partitions.Of(window.SeriesId);
        await partition.Gate.WaitAsync(cancellationToken);
        try
        {
            return partition.Find(window.SeriesId) is not { } state ? [] : [.. state.Hour.Points.Where(
                point => point.Timestamp >= window.From && point.Timestamp < window.To)];
        }
        finally
        {
            partition.Gate.Release();
        }
    }

    private SeriesStatus StatusOf(MonitoredSeries monitored)
    {
        var (series, state) = monitored;
        var now = (series.Clock ?? time).GetUtcNow().ToUnixTimeMilliseconds();
        return new SeriesStatus(
            series,
            state.LastTimestamp,
            state.LastValue,
            state.LastExpected,
            state.LastScore,
            state.Monitor.Detector.IsWarm,
            state.Monitor.Detector.ConfidenceWeeks,
            state.Known is not null,
            important.Contains(series.Identity.Id),
            state.Scores.Until(now));
    }
}
