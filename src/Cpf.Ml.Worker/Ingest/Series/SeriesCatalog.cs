using System.Collections.Concurrent;
using Cpf.Ml.Worker.Ingest.Settings;

namespace Cpf.Ml.Worker.Ingest.Series;

/// <summary>All series that are scored, up to a limit. Thread-safe: readers get immutable descriptors.</summary>
/// <remarks>Sources admit series with their first good sample, so that bad input uses up no room. From then on only the
/// partition that scores a series changes its descriptor or removes it.</remarks>
internal sealed class SeriesCatalog(IngestSettings settings)
{
    private readonly ConcurrentDictionary<long, SeriesDescriptor> _series = new();
    private readonly Lock _sizeLock = new();
    private volatile int _count;
    private long _refused;

    public IEnumerable<SeriesDescriptor> Series => _series.Select(entry => entry.Value);

    public int Count => _count;

    /// <summary>How often a new series was refused because the limit was reached.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    public SeriesDescriptor? Find(long id) => _series.GetValueOrDefault(id);

    /// <returns>The series as it is known here; null when it is new and the limit is reached.</returns>
    public SeriesDescriptor? Admit(SeriesDescriptor series)
    {
        if (_series.TryGetValue(series.Identity.Id, out var known))
        {
            return known;
        }

        lock (_sizeLock)
        {
            if (_series.TryGetValue(series.Identity.Id, out known))
            {
                return known;
            }

            if (_count >= settings.MaxSeries)
            {
                Interlocked.Increment(ref _refused);
                return null;
            }

            _series[series.Identity.Id] = series;
            _count++;
            return series;
        }
    }

    /// <summary>Replaces the descriptor of a series as a whole.</summary>
    /// <param name="change">Gives the new descriptor; called again when another thread was faster.</param>
    /// <returns>The new descriptor; null when the series is not in the catalog.</returns>
    public SeriesDescriptor? Change(long id, Func<SeriesDescriptor, SeriesDescriptor> change)
    {
        while (_series.TryGetValue(id, out var known))
        {
            var changed = change(known);
            if (_series.TryUpdate(id, changed, known))
            {
                return changed;
            }
        }

        return null;
    }

    /// <summary>Gives a series that is known already, from before this process, the clock and history of its
    /// source: its silence is judged by that clock before its first sample comes.</summary>
    public void Attach(SeriesDescriptor sent) => Change(sent.Identity.Id, known => known.TimedBy(sent));

    /// <summary>Makes room for another series. A sample that still waits in the queue has to be admitted
    /// again.</summary>
    public void Remove(long id)
    {
        lock (_sizeLock)
        {
            if (_series.TryRemove(id, out _))
            {
                _count--;
            }
        }
    }
}
