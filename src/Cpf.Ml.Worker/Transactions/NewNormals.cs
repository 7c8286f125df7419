using System.Globalization;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Hosting;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Accepts new normals: a person declares that a change of a series is permanent.</summary>
/// <remarks>
/// It is stored first, with its line in the audit log and in the timeline of the incident; the series applies it at its
/// next point, after a kill too (<see cref="Checkpoints"/>), and its alert closes then.
/// </remarks>
internal sealed class NewNormals(
    Partitions partitions, IncidentStore store, AuditLog audit, TimeProvider time)
{
    private const int MaxReasonLength = 500;

    /// <param name="reason">The rationale, required.</param>
    /// <exception cref="RefusedException">There is no such series, it is not warm, or the reason is
    /// missing.</exception>
    public async Task<NewNormal> AcceptAsync(
        long seriesId, string? reason, Actor actor, CancellationToken cancellationToken)
    {
        var why = Refusals.IfEmpty(reason, "reason");
        Refusals.IfLonger(why, MaxReasonLength, "reason");
        if (partitions.Find(seriesId) is not { State: var state })
        {
            throw SeriesRefusals.NoSeries(SeriesIdentity.Hex(seriesId));
        }

        if (!state.Monitor.Detector.IsWarm)
        {
            throw SeriesRefusals.NotWarm();
        }

        var now = time.GetUtcNow();
        var at = state.LastTimestamp;
        var id = AlertId.Hash("new-normal", SeriesIdentity.Hex(seriesId), at.ToString(CultureInfo.InvariantCulture),
            now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        var normal = new NewNormal(id, seriesId, DateTimeOffset.FromUnixTimeMilliseconds(at), why, actor.Name, now);
        await store.ChangeAsync(transaction => WriteAsync(transaction, state, normal, actor, now), cancellationToken);
        await ApplyAsync(state, at);
        return normal;
    }

    private async Task<bool> WriteAsync(
        IncidentTransaction transaction, SeriesState state, NewNormal normal, Actor actor, DateTimeOffset now)
    {
        await NewNormalStore.AddAsync(transaction.Inner, normal, transaction.CancellationToken);
        await transaction.AuditAsync(
            audit.Entry(actor, "series.new-normal", state.Identity.Key, null, new { normal.At, normal.Reason }));
        if (state.Known is { } alert
            && (await transaction.FindConcernedAsync([], [alert.Id]))
                .FirstOrDefault(incident => incident.ClosedAt is null) is { } incident)
        {
            await transaction.SaveAsync(IncidentLife.AcceptNewNormal(incident, alert, normal.Reason, actor.Name, now));
        }

        return true;
    }

    /// <summary>It is stored: a caller that goes away cancels nothing any more.</summary>
    private async Task ApplyAsync(SeriesState state, long at)
    {
        var gate = partitions.Of(state.Identity.Id).Gate;
        await gate.WaitAsync(CancellationToken.None);
        try
        {
            state.AcceptAfter(at);
        }
        finally
        {
            gate.Release();
        }
    }
}
