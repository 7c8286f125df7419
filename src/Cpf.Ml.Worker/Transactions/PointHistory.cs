using System.Collections.Concurrent;
using Cpf.Ml.Scoring.Transactions.Evidence;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Scored points of past hours. Finished hours wait in memory until the next flush. Thread-safe.</summary>
internal sealed class PointHistory(PointBlockStore store, TransactionsSettings settings)
{
    private readonly ConcurrentDictionary<(long SeriesId, long Hour), byte[]> _waiting = new();

    /// <summary>Adds a finished hour, which waits for the next flush.</summary>
    public void Keep(long seriesId, HourBlock hour) => _waiting[(seriesId, hour.Begin)] = hour.Encode();

    /// <summary>Points in [<paramref name="from"/>, <paramref name="to"/>) of finished hours, oldest first.</summary>
    public async Task<IReadOnlyList<ScoredPoint>> ReadAsync(
        long seriesId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        (await ReadAsync(
            [new(seriesId, from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds())], cancellationToken))[0];

    /// <summary>Points of finished hours in each window, oldest first, in the order of the windows.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<ScoredPoint>>> ReadAsync(
        IReadOnlyList<PointWindow> windows, CancellationToken cancellationToken)
    {
        // An hour belongs to a window when any of its minutes may.
        var whole = windows.Select(window => window with { From = HourBlock.BeginOf(window.From) }).ToList();
        var wanted = windows.Select(window => window.SeriesId).ToHashSet();
        var blocks = new Dictionary<long, SortedDictionary<long, byte[]>>(
            wanted.Select(id => KeyValuePair.Create(id, new SortedDictionary<long, byte[]>())));
        foreach (var block in await store.ReadAsync(whole, cancellationToken))
        {
            blocks[block.SeriesId][block.Hour] = block.Points;
        }

        foreach (var ((series, hour), points) in _waiting)
        {
            if (wanted.Contains(series))
            {
                blocks[series][hour] = points;
            }
        }

        return
        [
            .. windows.Zip(whole, (window, hours) => blocks[window.SeriesId]
                .Where(block => block.Key >= hours.From && block.Key < hours.To)
                .SelectMany(block => HourBlock.Decode(block.Key, block.Value))
                .Where(point => point.Timestamp >= window.From && point.Timestamp < window.To)
                .ToList()),
        ];
    }

    /// <summary>Single finished hours of any series, encoded; those that are not known are left out.</summary>
    public async Task<IReadOnlyDictionary<(long SeriesId, long Hour), byte[]>> FindAsync(
        IReadOnlyCollection<(long SeriesId, long Hour)> hours, CancellationToken cancellationToken)
    {
        var found = new Dictionary<(long SeriesId, long Hour), byte[]>();
        foreach (var hour in hours)
        {
            if (_waiting.TryGetValue(hour, out var points))
            {
                found[hour] = points;
            }
        }

        // What was flushed meanwhile was read from the waiting ones above: the store comes last.
        foreach (var block in await store.FindAsync(
            [.. hours.Distinct().Where(hour => !found.ContainsKey(hour))], cancellationToken))
        {
            found[(block.SeriesId, block.Hour)] = block.Points;
        }

        return found;
    }

    /// <summary>Stores what waits, and deletes what is older than
    /// <see cref="TransactionsSettings.HistoryDays"/>.</summary>
    public async Task FlushAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var written = _waiting.ToList();
        await store.WriteAsync(
            [.. written.Select(block => new PointBlock(block.Key.SeriesId, block.Key.Hour, block.Value))],
            cancellationToken);
        foreach (var block in written)
        {
            _waiting.TryRemove(block);
        }

        await store.ForgetAsync(now.AddDays(-settings.HistoryDays).ToUnixTimeMilliseconds(), cancellationToken);
    }
}
