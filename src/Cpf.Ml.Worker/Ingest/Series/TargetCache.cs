namespace Cpf.Ml.Worker.Ingest.Series;

/// <summary>The targets of a source by its own keys. Those of retired series, and of series that were never admitted,
/// are removed again. One writer.</summary>
/// <param name="targets">The series that a value feeds.</param>
internal sealed class TargetCache<TKey, TValue>(SeriesCatalog catalog, Func<TValue, IEnumerable<SeriesTarget>> targets)
    where TKey : notnull
{
    /// <summary>Up to so many keys nothing is removed.</summary>
    private const int MinSize = 1_000;

    private readonly Dictionary<TKey, TValue> _known = [];
    private int _forgetAt = MinSize;

    public int Count => _known.Count;

    public TValue GetOrAdd(TKey key, Func<TKey, TValue> create)
    {
        if (!_known.TryGetValue(key, out var value))
        {
            if (_known.Count >= _forgetAt)
            {
                Forget();
            }

            _known[key] = value = create(key);
        }

        return value;
    }

    /// <summary>Runs again when there are twice as many, so that each new key costs little.</summary>
    private void Forget()
    {
        foreach (var (key, _) in _known
            .Where(pair => targets(pair.Value).All(target => catalog.Find(target.Identity.Id) is null)).ToList())
        {
            _known.Remove(key);
        }

        _forgetAt = Math.Max(MinSize, 2 * _known.Count);
    }
}
