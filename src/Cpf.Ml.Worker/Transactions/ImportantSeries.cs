using System.Collections.Frozen;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Series that operators marked as important: their detectors test the shape of the last points too.</summary>
/// <remarks>Scoring reads it for every point: what it needs is in memory, and replaced as a whole.</remarks>
internal sealed class ImportantSeries(
    SeriesCatalog catalog, ImportantSeriesStore store, AuditLog audit) : IHostedService, IDisposable
{
    private readonly SemaphoreSlim _oneChange = new(1, 1);
    private FrozenSet<long> _marked = FrozenSet<long>.Empty;

    public async Task StartAsync(CancellationToken cancellationToken) =>
        _marked = (await store.FindAllAsync(cancellationToken)).ToFrozenSet();

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public bool Contains(long seriesId) => _marked.Contains(seriesId);

    /// <summary>Sets or removes the mark, from the next point on. A mark that is set already changes nothing.</summary>
    /// <exception cref="Hosting.RefusedException">There is no such series.</exception>
    public async Task MarkAsync(long seriesId, bool important, Actor actor, CancellationToken cancellationToken)
    {
        var series = catalog.Find(seriesId) ?? throw SeriesRefusals.NoSeries(SeriesIdentity.Hex(seriesId));
        var entry =
            audit.Entry(actor, important ? "series.mark-important" : "series.unmark-important", series.Identity.Key);
        await _oneChange.WaitAsync(cancellationToken);
        try
        {
            await store.MarkAsync(seriesId, important, entry, cancellationToken);
            _marked = (important ? _marked.Append(seriesId) : _marked.Where(marked => marked != seriesId))
                .ToFrozenSet();
        }
        finally
        {
            _oneChange.Release();
        }
    }

    public void Dispose() => _oneChange.Dispose();
}
