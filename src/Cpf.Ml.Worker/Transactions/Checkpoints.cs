using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;
using Prometheus;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Writes the states of the detectors to the store and restores them: after a clean stop scores continue bit
/// for bit.</summary>
internal sealed class Checkpoints(
    Partitions partitions,
    SeriesCatalog catalog,
    SeriesStateStore store,
    IncidentSearchStore incidents,
    NewNormalStore newNormals,
    NoDataWatch silence,
    PointHistory history,
    SourceOffsets offsets,
    TransactionsSettings settings,
    TransactionsMetrics metrics,
    TimeProvider time,
    ILogger<Checkpoints> log)
{
    /// <summary>Series per transaction; scoring goes on between two of them.</summary>
    private const int ChunkSize = 256;

    /// <summary>Saves every state that changed since it was last saved.</summary>
    /// <exception cref="System.Data.Common.DbException">The store cannot be written; what was not is written next
    /// time.</exception>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        using (metrics.CheckpointSeconds.NewTimer())
        {
            // Read first and saved last: whatever a source reached before, the states below know.
            var reached = offsets.Reached();
            foreach (var partition in partitions.All)
            {
                foreach (var states in partition.States.Chunk(ChunkSize))
                {
                    await SaveAsync(partition, states, cancellationToken);
                }
            }

            await history.FlushAsync(time.GetUtcNow(), cancellationToken);
            await offsets.SaveAsync(reached, cancellationToken);
        }

        metrics.CheckpointTime.Set(time.GetUtcNow().ToUnixTimeSeconds());
    }

    /// <summary>Restores every series as it was, and the alerts that are open.</summary>
    /// <returns>Closings of alerts whose series has no state: it began after the last checkpoint before a crash, and
    /// starts cold.</returns>
    public async Task<IReadOnlyList<AlertChange>> RestoreAsync(CancellationToken cancellationToken)
    {
        var open = await incidents.FindOpenAlertsAsync(cancellationToken);
        var anomalies = open.Where(alert => alert.Rule == AlertRules.Anomaly)
            .GroupBy(alert => alert.SeriesId, StringComparer.Ordinal)
            .ToDictionary(
                alerts => alerts.Key, alerts => alerts.MaxBy(alert => alert.OpenedAt)!, StringComparer.Ordinal);
        var closed = await incidents.FindLastClosedAsync(AlertRules.Anomaly, cancellationToken);
        silence.Resume(open);
        var accepted = await newNormals.FindNewestAsync(cancellationToken);
        var restored = 0;
        await foreach (var row in store.ReadAsync(cancellationToken))
        {
            if (Restore(row) is not { } state)
            {
                continue;
            }

            var id = SeriesIdentity.Hex(state.Identity.Id);
            anomalies.Remove(id, out var alert);
            if (accepted.TryGetValue(state.Identity.Id, out var after) && after >= state.LastTimestamp)
            {
                state.AcceptAfter(after);
            }

            state.Reconcile(NotifiedAlert.Of(alert, closed.GetValueOrDefault(id)));
            partitions.Of(state.Identity.Id).Add(state);
            restored++;
        }

        Log.Restored(log, restored);

        // At their newest point: a replayed series lives at another time than this clock.
        return [.. anomalies.Values.Select(
            alert => new AlertChange(AlertTransition.Close, alert with { ClosedAt = alert.UpdatedAt }))];
    }

    /// <summary>A series whose state cannot be read is not admitted, so that its source sees that it lacks its
    /// history.</summary>
    /// <returns>Null when the state cannot be read, or the catalog is full.</returns>
    private SeriesState? Restore(StoredSeries row)
    {
        var labels = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Labels)!;
        var series = new SeriesDescriptor(
            new SeriesIdentity(row.Name, labels), Enum.Parse<MetricKind>(row.Kind), row.Unit, row.Service);
        try
        {
            var state = SeriesState.Restore(series, settings, row.Model, row.State);
            if (state.ReceivedAt == 0)
            {
                // It was written before this was kept.
                state.Receive(time.GetUtcNow().ToUnixTimeMilliseconds());
                state.IsDirty = true;
            }

            return catalog.Admit(series) is null ? null : state;
        }
        catch (ModelFormatException exception)
        {
            Log.StateRefused(log, exception.Message);
            return null;
        }
    }

    /// <param name="states">As they were before the gate was held: what was retired meanwhile is not written, and what
    /// was restarted is written as it is now.</param>
    private async Task SaveAsync(Partition partition, SeriesState[] states, CancellationToken cancellationToken)
    {
        var saved = new List<SeriesState>();
        var rows = new List<StoredSeries>();
        await partition.Gate.WaitAsync(cancellationToken);
        try
        {
            saved.AddRange(states.Select(state => partition.Find(state.Identity.Id))
                .OfType<SeriesState>().Where(state => state.IsDirty));
            rows.AddRange(saved.Select(Row));
            saved.ForEach(state => state.IsDirty = false);
        }
        finally
        {
            partition.Gate.Release();
        }

        try
        {
            if (rows.Count > 0)
            {
                await store.WriteAsync(rows, cancellationToken);
            }
        }
        catch
        {
            await MarkDirtyAsync(partition, saved);
            throw;
        }
    }

    private static async Task MarkDirtyAsync(Partition partition, List<SeriesState> states)
    {
        await partition.Gate.WaitAsync(CancellationToken.None);
        states.ForEach(state => state.IsDirty = true);
        partition.Gate.Release();
    }

    private StoredSeries Row(SeriesState state)
    {
        var series = catalog.Find(state.Identity.Id)
            ?? throw new InvalidOperationException($"{state.Identity.Key} has a state and is not in the catalog.");
        var snapshot = new ArrayBufferWriter<byte>(12 * 1024);
        state.Snapshot(snapshot);
        return new StoredSeries(
            series.Identity.Id,
            series.Identity.Key,
            series.Identity.Name,
            JsonSerializer.Serialize<ImmutableSortedDictionary<string, string>>(series.Identity.Labels),
            series.Kind.ToString(),
            series.Unit,
            series.Service,
            state.Model,
            snapshot.WrittenSpan.ToArray());
    }
}
