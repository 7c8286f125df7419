using Cpf.Ml.Scoring.Transactions;

namespace Cpf.Ml.Worker.Ingest.Series;

/// <summary>Where samples of a raw series go: a series that is scored, and what they are to it.</summary>
/// <remarks>The series enters the catalog with its first good sample, so that bad input uses up no place.
/// Thread-safe.</remarks>
internal sealed class SeriesTarget(
    SeriesIdentity identity, MetricKind kind, string unit, string service, SamplePart part = SamplePart.Value)
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
    public SeriesEntry? In(SeriesCatalog catalog) => Known ?? Find(catalog);

    /// <returns>The series if it is there; it is not made.</returns>
    public SeriesEntry? KnownIn(SeriesCatalog catalog) =>
        Known ?? (catalog.Find(Identity.Id) is null ? null : Find(catalog));

    /// <summary>As <see cref="SeriesEntry.AlertsFrom"/>; 0 when there is no history.</summary>
    public long AlertsFrom { get; set; }

    /// <summary>Gives <see cref="Clock"/> and <see cref="AlertsFrom"/> to the series, if it is there: the store does
    /// not know of them.</summary>
    public void Attach(SeriesCatalog catalog) => Attach(Known ?? catalog.Find(Identity.Id));

    private SeriesEntry? Known => _entry is { IsRetired: false } known ? known : null;

    private SeriesEntry? Find(SeriesCatalog catalog)
    {
        var entry = catalog.GetOrAdd(Identity, id => new SeriesEntry(id, Kind, Unit, Service));
        if (entry is not null)
        {
            Rename(entry);
        }

        Attach(entry);
        return _entry = entry;
    }

    /// <summary>A known series takes over what is said of it now. A sender that names no unit says nothing of it,
    /// unless it means another kind.</summary>
    private void Rename(SeriesEntry entry)
    {
        entry.Service = Service;
        if (Unit.Length > 0 || Kind != entry.Kind)
        {
            entry.Unit = Unit;
        }
    }

    private void Attach(SeriesEntry? entry)
    {
        if (entry is not null && (Clock is not null || AlertsFrom > 0))
        {
            entry.Clock = Clock;
            entry.AlertsFrom = AlertsFrom;
        }
    }
}
