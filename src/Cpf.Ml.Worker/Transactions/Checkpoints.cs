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

/// <summary>Writes down what the detectors know, and takes it up again: after a clean stop scores go on bit for
/// bit.</summary>
internal sealed class Checkpoints(
    Partitions partitions,
    SeriesCatalog catalog,
    SeriesStateStore store,
    IncidentSearchStore incidents,
    NewNormalStore newNormals,
    NoDataWatch silence,
    PointHistory history,
    SourceOffsets places,
    TransactionsSettings settings,
    TransactionsMetrics metrics,
    TimeProvider time,
    ILogger<Checkpoints> log)
{
    /// <summary>Series a transaction; scoring goes on between two of them.</summary>
    private const int ChunkSize = 256;

    /// <exception cref="System.Data.Common.DbException">The store cannot be written; what was not is written next
    /// time.</exception>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        using (metrics.CheckpointSeconds.NewTimer())
        {
            // Asked first and saved last: whatever a source reached before, the states below know.
            var reached = places.Reached();
            foreach (var partition in partitions.All)
            {
                for (var from = 0; from < partition.Series.Count; from += ChunkSize)
                {
                    await SaveAsync(partition, from, cancellationToken);
                }
            }

            await history.FlushAsync(time.GetUtcNow(), cancellationToken);
            await places.SaveAsync(reached, cancellationToken);
        }

        metrics.CheckpointTime.Set(time.GetUtcNow().ToUnixTimeSeconds());
    }

    /// <summary>Takes up every series as it was, and the alerts that are open.</summary>
    /// <returns>Closings of alerts whose series has no state: it began after the last checkpoint before a crash, and
    /// starts anew.</returns>
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
        var now = time.GetUtcNow();
        var restored = 0;
        await foreach (var row in store.ReadAsync(cancellationToken))
        {
            var labels = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Labels)!;
            var entry = catalog.GetOrAdd(
                new SeriesIdentity(row.Name, labels),
                identity => new SeriesEntry(identity, Enum.Parse<MetricKind>(row.Kind), row.Unit, row.Service));
            if (entry is null)
            {
                continue;
            }

            try
            {
                var series = WatchedSeries.Restore(entry, settings, row.State);
                var id = SeriesIdentity.Hex(entry.Identity.Id);
                anomalies.Remove(id, out var alert);
                if (accepted.TryGetValue(entry.Identity.Id, out var after) && after >= series.LastTimestamp)
                {
                    series.AcceptAfter(after);
                }

                series.Reconcile(NotifiedAlert.Of(alert, closed.GetValueOrDefault(id)));
                if (series.ReceivedAt == 0)
                {
                    // Its state was written before this was kept.
                    (series.ReceivedAt, series.IsDirty) = (now.ToUnixTimeMilliseconds(), true);
                }

                entry.Model = row.Model;
                partitions.Of(entry).Add(series);
                restored++;
            }
            catch (ModelFormatException exception)
            {
                Log.StateRefused(log, exception.Message);
            }
        }

        Log.Restored(log, restored);

        // At their newest point: a series that is played lives at another time than this clock.
        return [.. anomalies.Values.Select(
            alert => new AlertChange(AlertTransition.Close, alert with { ClosedAt = alert.UpdatedAt }))];
    }

    private async Task SaveAsync(Partition partition, int from, CancellationToken cancellationToken)
    {
        var dirty = new List<WatchedSeries>();
        var rows = new List<StoredSeries>();
        await partition.Gate.WaitAsync(cancellationToken);
        try
        {
            dirty.AddRange(partition.Series.Skip(from).Take(ChunkSize).Where(series => series.IsDirty));
            rows.AddRange(dirty.Select(Row));
            dirty.ForEach(series => series.IsDirty = false);
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
            dirty.ForEach(series => series.IsDirty = true);
            throw;
        }
    }

    private static StoredSeries Row(WatchedSeries series)
    {
        var state = new ArrayBufferWriter<byte>(12 * 1024);
        series.Snapshot(state);
        var (entry, identity) = (series.Entry, series.Entry.Identity);
        return new StoredSeries(
            identity.Id,
            identity.Key,
            identity.Name,
            JsonSerializer.Serialize<ImmutableSortedDictionary<string, string>>(identity.Labels),
            entry.Kind.ToString(),
            entry.Unit,
            entry.Service,
            entry.Model,
            state.WrittenSpan.ToArray());
    }
}
