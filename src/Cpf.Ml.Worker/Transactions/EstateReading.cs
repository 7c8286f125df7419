using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>The estate as all open pages share it: a hundred readers cost as much as one.</summary>
internal sealed class EstateReading(Estate estate, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private IReadOnlyList<SeriesStatus> _series = [];
    private long? _readAt;

    /// <summary>Every series, at most two seconds old.</summary>
    public IReadOnlyList<SeriesStatus> Series()
    {
        lock (_gate)
        {
            if (_readAt is not { } readAt || time.GetElapsedTime(readAt) > Fresh)
            {
                _series = estate.Snapshot();
                _readAt = time.GetTimestamp();
            }

            return _series;
        }
    }

    /// <summary>The present of a series: a replayed past has its own, and is shown by it.</summary>
    public DateTimeOffset NowOf(SeriesStatus? series) => (series?.Series.Clock ?? time).GetUtcNow();

    /// <summary>The present of what the incident is about.</summary>
    public DateTimeOffset NowOf(Incident incident) =>
        NowOf(incident.Alerts is [var leading, ..] && SeriesIdentity.TryReadHex(leading.SeriesId, out var id)
            ? estate.Find(id) : null);

    /// <summary>Newest point of all; null before the first.</summary>
    public DateTimeOffset? Newest()
    {
        var newest = Series().Select(series => series.LastTimestamp).DefaultIfEmpty().Max();
        return newest == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(newest);
    }
}
