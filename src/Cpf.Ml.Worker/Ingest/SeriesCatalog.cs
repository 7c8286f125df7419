using System.Collections.Concurrent;

namespace Cpf.Ml.Worker.Ingest;

/// <summary>All series that are scored, up to a limit. Thread-safe.</summary>
internal sealed class SeriesCatalog(IngestSettings settings)
{
    private readonly ConcurrentDictionary<long, SeriesEntry> _entries = new();
    private long _refused;

    public ICollection<SeriesEntry> Entries => _entries.Values;

    public int Count => _entries.Count;

    /// <summary>How often a new series was refused because the limit was reached.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    public SeriesEntry? Find(long id) => _entries.GetValueOrDefault(id);

    /// <returns>The series; null when it is new and the limit is reached.</returns>
    public SeriesEntry? GetOrAdd(SeriesIdentity identity, Func<SeriesIdentity, SeriesEntry> create)
    {
        if (_entries.TryGetValue(identity.Id, out var entry))
        {
            return entry;
        }

        if (_entries.Count >= settings.MaxSeries)
        {
            Interlocked.Increment(ref _refused);
            return null;
        }

        return _entries.GetOrAdd(identity.Id, _ => create(identity));
    }
}
