using System.Globalization;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Hosting;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Takes a person's word that a change of a series is here to stay.</summary>
/// <remarks>
/// It is written down first, with its line in the audit log and in the timeline of the incident; the series takes it at
/// its next point, after a kill too (<see cref="Checkpoints"/>), and its alert closes then.
/// </remarks>
internal sealed class NewNormals(
    SeriesCatalog catalog, Partitions partitions, IncidentStore store, AuditLog audit, TimeProvider time)
{
    private const int MaxReasonLength = 500;

    /// <param name="reason">Why, for whoever wonders later.</param>
    /// <exception cref="RefusedException">There is no such series, it is not warm, or the reason is
    /// missing.</exception>
    public async Task<NewNormal> AcceptAsync(
        long seriesId, string? reason, Actor actor, CancellationToken cancellationToken)
    {
        var why = Refusals.IfEmpty(reason, "reason");
        Refusals.IfLonger(why, MaxReasonLength, "reason");
        if (catalog.Find(seriesId)?.Watched is not WatchedSeries series)
        {
            throw SeriesRefusals.NoSeries(SeriesIdentity.Hex(seriesId));
        }

        if (!series.Watch.Detector.IsWarm)
        {
            throw SeriesRefusals.NotWarm();
        }

        var now = time.GetUtcNow();
        var at = series.LastTimestamp;
        var id = AlertId.Hash("new-normal", SeriesIdentity.Hex(seriesId), at.ToString(CultureInfo.InvariantCulture),
            now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        var normal = new NewNormal(id, seriesId, DateTimeOffset.FromUnixTimeMilliseconds(at), why, actor.Name, now);
        await store.ChangeAsync(transaction => WriteAsync(transaction, series, normal, actor, now), cancellationToken);
        await TakeAsync(series, at);
        return normal;
    }

    private async Task<bool> WriteAsync(
        IncidentTransaction transaction, WatchedSeries series, NewNormal normal, Actor actor, DateTimeOffset now)
    {
        await NewNormalStore.AddAsync(transaction.Inner, normal, transaction.CancellationToken);
        await transaction.AuditAsync(
            audit.Entry(actor, "series.new-normal", series.Entry.Identity.Key, null, new { normal.At, normal.Reason }));
        if (series.Known is { } alert
            && (await transaction.FindConcernedAsync([], [alert.Id]))
                .FirstOrDefault(incident => incident.ClosedAt is null) is { } incident)
        {
            await transaction.SaveAsync(IncidentLife.AcceptAsUsual(incident, alert, normal.Reason, actor.Name, now));
        }

        return true;
    }

    /// <summary>Written is written: a caller that goes away changes nothing any more.</summary>
    private async Task TakeAsync(WatchedSeries series, long at)
    {
        var gate = partitions.Of(series.Entry).Gate;
        await gate.WaitAsync(CancellationToken.None);
        try
        {
            series.AcceptAfter(at);
        }
        finally
        {
            gate.Release();
        }
    }
}
