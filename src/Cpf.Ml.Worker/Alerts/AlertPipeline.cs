using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Storage;
using Prometheus;

namespace Cpf.Ml.Worker.Alerts;

/// <summary>Stores the changes of alerts that partitions report: incidents, timeline and outbox in one
/// transaction.</summary>
internal sealed class AlertPipeline(
    IncidentStore store, AlertSettings settings, TimeProvider time, IMetricFactory metrics, ILogger<AlertPipeline> log)
{
    private readonly Counter _changes = metrics.CreateCounter(
        "cpfml_alert_changes_total", "Changes of alerts, by outcome.", ["reason"]);

    /// <summary>Changes in one transaction: fewer hold the writer's lock briefly, so that other writers get their
    /// turn.</summary>
    private const int MaxChangesPerTransaction = 5_000;

    /// <summary>Completes when every change is committed. Safe to call from several partitions at once; repeating a
    /// call changes nothing.</summary>
    /// <exception cref="System.Data.Common.DbException">The store cannot be written; repeat the call as it
    /// is.</exception>
    public async Task ProcessAsync(IReadOnlyList<AlertChange> changes, CancellationToken cancellationToken)
    {
        foreach (var part in changes.Chunk(MaxChangesPerTransaction))
        {
            await CommitAsync(part, cancellationToken);
        }
    }

    private async Task CommitAsync(IReadOnlyList<AlertChange> changes, CancellationToken cancellationToken)
    {
        var outcomes = await store.ChangeAsync(
            async transaction =>
            {
                var now = time.GetUtcNow();
                var services = changes.Select(change => change.Alert.Service).Distinct().ToList();
                var ids = changes.Select(change => change.Alert.Id).ToHashSet(StringComparer.Ordinal);
                var known = await transaction.FindConcernedAsync(services, ids);
                ids.ExceptWith(known.SelectMany(incident => incident.Alerts, (_, alert) => alert.Id));

                // Only what is new is compared with the past.
                var past = ids.Count == 0 ? [] : await transaction.FindPastAsync(services);
                var silences = await transaction.FindSilencesAsync(now);
                var entry = IncidentLedger.Apply(changes, known, silences, past, settings.Options, now);
                foreach (var revision in entry.Revisions)
                {
                    await transaction.SaveAsync(revision);
                }

                return entry.Outcomes;
            },
            cancellationToken);

        foreach (var outcome in outcomes)
        {
            _changes.WithLabels(StoredJson.Name(outcome.Reason)).Inc();
            Log.AlertProcessed(
                log, outcome.Change.Alert.Id, outcome.Change.Alert.SeriesName.En, outcome.Reason, outcome.IncidentId);
        }
    }
}
