namespace Cpf.Ml.Worker.Ingest.Series;

/// <summary>What a source knows of its series. Those that are forgotten, or were never let in, leave it again. One
/// writer.</summary>
/// <param name="targets">The series that a value feeds.</param>
internal sealed class TargetCache<TKey, TValue>(SeriesCatalog catalog, Func<TValue, IEnumerable<SeriesTarget>> targets)
    where TKey : notnull
{
    /// <summary>So few are not worth looking through.</summary>
    private const int MinSize = 1_000;

    private readonly Dictionary<TKey, TValue> _known = [];
    private int _lookAt = MinSize;

    public int Count => _known.Count;

    public TValue GetOrAdd(TKey key, Func<TKey, TValue> create)
    {
        if (!_known.TryGetValue(key, out var value))
        {
            if (_known.Count >= _lookAt)
            {
                Forget();
            }

            _known[key] = value = create(key);
        }

        return value;
    }

    /// <summary>The next look is when there are twice as many: so looking costs each new key little.</summary>
    private void Forget()
    {
        foreach (var (key, _) in _known
            .Where(pair => targets(pair.Value).All(target => catalog.Find(target.Identity.Id) is null)).ToList())
        {
            _known.Remove(key);
        }

        _lookAt = Math.Max(MinSize, 2 * _known.Count);
    }
}
