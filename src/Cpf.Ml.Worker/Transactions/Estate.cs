using System.Buffers;
using Cpf.Ml.Scoring.Transactions.Detection;
using Cpf.Ml.Scoring.Transactions.Evidence;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>All watched series, for reading. Thread-safe.</summary>
internal sealed class Estate(
    SeriesCatalog catalog,
    Partitions partitions, PointHistory history, SeriesAlerts alerts, ImportantSeries important, TimeProvider time)
{
    /// <summary>Length of a cell of <see cref="SeriesStatus.Cells"/>.</summary>
    public static readonly TimeSpan CellLength = TimeSpan.FromMinutes(10);

    /// <summary>12 hours of cells.</summary>
    public const int CellCount = 72;

    /// <summary>Every series that has had a sample.</summary>
    public IReadOnlyList<SeriesStatus> Snapshot() =>
        [.. catalog.Entries.Select(entry => entry.Watched).OfType<WatchedSeries>().Select(StatusOf)];

    public SeriesStatus? Find(long seriesId) =>
        catalog.Find(seriesId)?.Watched is WatchedSeries series ? StatusOf(series) : null;

    /// <summary>What the detector of a series has learnt; null when the series is unknown. Waits for the batch that is
    /// being scored.</summary>
    public async Task<SeriesModel?> DescribeAsync(long seriesId, CancellationToken cancellationToken)
    {
        if (catalog.Find(seriesId)?.Watched is not WatchedSeries series)
        {
            return null;
        }

        var gate = partitions.Of(series.Entry).Gate;
        await gate.WaitAsync(cancellationToken);
        try
        {
            var detector = series.Watch.Detector;
            var state = new ArrayBufferWriter<byte>();
            detector.Snapshot(state);
            return new SeriesModel(
                detector.WeekProfile(),
                [.. detector.Reliability()
                    .Select(rate => new ReliabilityPoint(rate.Nominal, rate.Observed, rate.Count))],
                detector.Count,
                detector.ConfidenceWeeks,
                detector.Seasonality,
                detector.Interval,
                state.WrittenCount,
                SeriesDetector.Model.ToString(),
                series.Entry.Model,
                alerts.Configuration,
                series.Watch.Rule.Learning,
                detector.IsSettling);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Scored points of a series in [<paramref name="from"/>, <paramref name="to"/>), oldest first, from
    /// memory and store.</summary>
    public async Task<IReadOnlyList<ScoredPoint>> HistoryAsync(
        long seriesId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        (await HistoryAsync(
            [new(seriesId, from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds())], cancellationToken))[0];

    /// <summary>The same for many series in one question to the store, in the order of the windows.</summary>
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
        if (catalog.Find(window.SeriesId)?.Watched is not WatchedSeries series)
        {
            return [];
        }

        var gate = partitions.Of(series.Entry).Gate;
        await gate.WaitAsync(cancellationToken);
        try
        {
            return [.. series.Hour.Points.Where(
                point => point.Timestamp >= window.From && point.Timestamp < window.To)];
        }
        finally
        {
            gate.Release();
        }
    }

    private SeriesStatus StatusOf(WatchedSeries series)
    {
        var detector = series.Watch.Detector;
        var now = (series.Entry.Clock ?? time).GetUtcNow().ToUnixTimeMilliseconds();
        return new SeriesStatus(
            series.Entry,
            series.LastTimestamp,
            series.LastValue,
            series.LastExpected,
            series.LastScore,
            detector.IsWarm,
            detector.ConfidenceWeeks,
            series.Known is not null,
            important.Contains(series.Entry.Identity.Id),
            series.Scores.Until(now));
    }
}
