using System.Data.Common;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Alerts;

/// <summary>What one change of incidents reads and saves.</summary>
/// <param name="cancellationToken">Of the change: once it is cancelled, nothing more is read or saved.</param>
internal sealed class IncidentTransaction(
    DbTransaction transaction, AlertReceivers receivers, TimeProvider time, CancellationToken cancellationToken)
{
    /// <summary>How many past incidents of the services are compared for similarity.</summary>
    private const int PastIncidents = 100;

    private readonly List<IncidentRevision> _saved = [];

    public IReadOnlyList<IncidentRevision> Saved => _saved;

    /// <summary>For rows of other stores that must be committed with the incidents.</summary>
    public DbTransaction Inner => transaction;

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Incidents of the services that are not closed, and those that have one of the alerts.</summary>
    public Task<IReadOnlyList<Incident>> FindConcernedAsync(
        IReadOnlyList<string> services, IReadOnlyCollection<string> alerts) =>
        IncidentRows.ReadAsync(
            transaction.Connection!,
            transaction,
            """
            where i.id in (select id from incident
                           where service in (select key from json_each(@services)) and closed_at is null
                           union select incident_id from alert where id in (select key from json_each(@alerts)))
            """,
            new { services = SqlList.Of(services), alerts = SqlList.Of(alerts) },
            cancellationToken);

    /// <summary>The newest closed incidents of the services.</summary>
    public Task<IReadOnlyList<IncidentOutline>> FindPastAsync(IReadOnlyList<string> services) =>
        IncidentRows.ReadOutlinesAsync(
            transaction.Connection!,
            transaction,
            """
            where i.service in (select key from json_each(@services)) and i.closed_at is not null
            order by i.opened_at desc, i.id limit @PastIncidents
            """,
            new { services = SqlList.Of(services), PastIncidents },
            cancellationToken);

    public async Task<Incident?> FindAsync(string id) =>
        await IncidentRows.ReadAsync(
            transaction.Connection!, transaction, "where i.id = @id", new { id }, cancellationToken) is [var found]
            ? found : null;

    public Task<IReadOnlyList<Silence>> FindSilencesAsync(DateTimeOffset now) =>
        SilenceRows.ReadActiveAsync(transaction.Connection!, transaction, now, cancellationToken);

    public Task<IReadOnlyList<IncidentEvent>> FindEventsAsync(string incidentId) =>
        IncidentEventRows.ReadAsync(transaction.Connection!, transaction, incidentId, cancellationToken);

    /// <summary>Saves an incident with its alerts and timeline, and queues its notice for every publisher in the
    /// outbox.</summary>
    /// <exception cref="InvalidOperationException">The incident is not the one that was read in this
    /// transaction.</exception>
    public async Task SaveAsync(IncidentRevision revision)
    {
        if (!await IncidentRows.WriteAsync(transaction, revision.Before, revision.After, cancellationToken))
        {
            throw new InvalidOperationException(
                $"Incident {revision.After.Id} is no longer at version {revision.After.Version - 1}.");
        }

        await IncidentEventRows.WriteAsync(transaction, revision.Events, cancellationToken);
        if (revision.Notice is { } notice)
        {
            var payload =
                StoredJson.Write(IncidentDocument.Of(revision.After, receivers, IncidentDocument.MaxAlertsSent));
            await OutboxRows.WriteAsync(transaction, receivers.Publishers.Select(publisher => OutboxMessage.Of(
                publisher, revision.After, notice, payload, time.GetUtcNow())), cancellationToken);
        }

        _saved.Add(revision);
    }

    /// <summary>Closes incidents whose hold is over, and applies silences that began or ended.</summary>
    /// <param name="ids">Ids of incidents; closed ones are ignored.</param>
    public async Task PassAsync(IReadOnlyCollection<string> ids, TimeSpan hold, DateTimeOffset now) => await PassAsync(
        await IncidentRows.ReadAsync(
            transaction.Connection!,
            transaction,
            "where i.closed_at is null and i.id in (select key from json_each(@ids))",
            new { ids = SqlList.Of(ids) },
            cancellationToken),
        hold,
        now);

    /// <summary>The same for all that are not closed.</summary>
    public async Task PassAsync(TimeSpan hold, DateTimeOffset now) =>
        await PassAsync(
            await IncidentRows.ReadAsync(
                transaction.Connection!, transaction, "where i.closed_at is null", null, cancellationToken), hold, now);

    private async Task PassAsync(IReadOnlyList<Incident> incidents, TimeSpan hold, DateTimeOffset now)
    {
        var silences = await FindSilencesAsync(now);
        foreach (var incident in incidents)
        {
            if (IncidentLife.Pass(incident, silences, hold, now) is { } revision)
            {
                await SaveAsync(revision);
            }
        }
    }

    public Task SaveAsync(Silence silence) => SilenceRows.WriteAsync(transaction, silence, cancellationToken);

    public Task<Silence?> FindSilenceAsync(string id) =>
        SilenceRows.FindAsync(transaction.Connection!, transaction, id, cancellationToken);

    public Task AuditAsync(AuditEntry entry) => AuditStore.AddAsync(transaction, entry, cancellationToken);
}
