using Cpf.Ml.Scoring.Transactions;

namespace Cpf.Ml.Worker.Ingest;

/// <summary>Where samples of a raw series go: a series that is scored, and what they are to it.</summary>
/// <remarks>The series enters the catalog with its first good sample, so that bad input uses up no place. Thread-safe.</remarks>
internal sealed class SeriesTarget(SeriesIdentity identity, MetricKind kind, string unit, string service, SamplePart part = SamplePart.Value)
{
    private SeriesEntry? _entry;

    public SeriesIdentity Identity { get; } = identity;

    public MetricKind Kind { get; } = kind;

    public string Unit { get; } = unit;

    public string Service { get; } = service;

    public SamplePart Part { get; } = part;

    /// <summary>The time that the source lives in; null means the host's.</summary>
    public TimeProvider? Clock { get; set; }

    /// <returns>The series; null while it is new and the catalog is full.</returns>
    public SeriesEntry? In(SeriesCatalog catalog) => _entry ?? Find(catalog);

    /// <summary>Gives <see cref="Clock"/> to a series that was restored: the store does not know of clocks.</summary>
    public void Attach(SeriesCatalog catalog) => catalog.Find(Identity.Id)?.Clock = Clock;

    private SeriesEntry? Find(SeriesCatalog catalog)
    {
        var entry = catalog.GetOrAdd(Identity, id => new SeriesEntry(id, Kind, Unit, Service));
        if (entry is not null && Clock is not null)
        {
            entry.Clock = Clock;
        }

        return _entry = entry;
    }
}
