using System.Collections.Concurrent;
using Cpf.Ml.Worker.Ingest.Settings;

namespace Cpf.Ml.Worker.Ingest.Series;

/// <summary>All series that are scored, up to a limit. Thread-safe.</summary>
internal sealed class SeriesCatalog(IngestSettings settings)
{
    private readonly ConcurrentDictionary<long, SeriesEntry> _entries = new();
    private readonly Lock _adding = new();
    private volatile int _count;
    private long _refused;

    public ICollection<SeriesEntry> Entries => _entries.Values;

    public int Count => _count;

    /// <summary>How often a new series was refused because the limit was reached.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    public SeriesEntry? Find(long id) => _entries.GetValueOrDefault(id);

    /// <summary>Gives the place of a series to others. Whoever still holds it looks for it anew.</summary>
    public void Remove(SeriesEntry entry)
    {
        lock (_adding)
        {
            if (_entries.TryRemove(KeyValuePair.Create(entry.Identity.Id, entry)))
            {
                _count--;
                entry.IsRetired = true;
            }
        }
    }

    /// <returns>The series; null when it is new and the limit is reached.</returns>
    public SeriesEntry? GetOrAdd(SeriesIdentity identity, Func<SeriesIdentity, SeriesEntry> create)
    {
        if (_entries.TryGetValue(identity.Id, out var entry))
        {
            return entry;
        }

        if (_count >= settings.MaxSeries)
        {
            Interlocked.Increment(ref _refused);
            return null;
        }

        return Add(identity, create);
    }

    private SeriesEntry? Add(SeriesIdentity identity, Func<SeriesIdentity, SeriesEntry> create)
    {
        lock (_adding)
        {
            if (_entries.TryGetValue(identity.Id, out var entry))
            {
                return entry;
            }

            if (_count >= settings.MaxSeries)
            {
                Interlocked.Increment(ref _refused);
                return null;
            }

            entry = create(identity);
            _entries[identity.Id] = entry;
            _count++;
            return entry;
        }
    }
}
