using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Storage;

/// <summary>
/// Deletes rows beyond their retention period: closed incidents with their alerts and timelines, expired silences,
/// lines of the audit log. In small batches, so that other writers do not wait.
/// </summary>
internal sealed class Retention(Database database,
    StorageSettings settings, PeriodicWork periodic, TimeProvider time, ILogger<Retention> log) : BackgroundService
{
    private const int Batch = 200;

    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>Deletes everything that has expired by now.</summary>
    public async Task PurgeAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var incidents = now.AddDays(-settings.KeepIncidentsDays).ToUnixTimeMilliseconds();
        var audit = now.AddDays(-settings.KeepAuditDays).ToUnixTimeMilliseconds();
        var forgotten = await InBatchesAsync(PurgeIncidentsAsync, incidents, cancellationToken);
        await InBatchesAsync((before, cancel) => DeleteAsync("deployment", "at < @before", before, cancel),
            incidents, cancellationToken);
        await InBatchesAsync((before, cancel) => DeleteAsync("new_normal", "created_at < @before", before, cancel),
            incidents, cancellationToken);
        var silences = await InBatchesAsync(
            (before, cancel) => DeleteAsync("silence", "ends_at < @before", before, cancel),
            incidents, cancellationToken);
        var lines = await InBatchesAsync(
            (before, cancel) => DeleteAsync("audit_log", "at < @before", before, cancel), audit, cancellationToken);
        await InBatchesAsync(PurgeCaseEvidenceAsync,
            now.AddDays(-settings.KeepCaseEvidenceDays).ToUnixTimeMilliseconds(), cancellationToken);
        if (forgotten + silences + lines > 0)
        {
            Log.Purged(log, forgotten, silences, lines);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => periodic.EveryAsync(
        nameof(Retention), Every, PurgeAsync, reason => Log.RetentionFailed(log, reason), stoppingToken);

    private static async Task<int> InBatchesAsync(
        Func<long, CancellationToken, Task<int>> purge, long before, CancellationToken cancellationToken)
    {
        var (all, some) = (0, 0);
        do
        {
            some = await purge(before, cancellationToken);
            all += some;
        }
        while (some == Batch);

        return all;
    }

    /// <summary>Personal dossiers are kept only as long as a decision can be contested; its reasons are kept.</summary>
    private async Task<int> PurgeCaseEvidenceAsync(long before, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(
            """
            delete from case_attachment
            where case_id in (select id from certification_case where closed_at < @before)
            """,
            new { before },
            cancellationToken);
        return await connection.ExecuteAsync(
            """
            delete from case_evidence where case_id in (
                select e.case_id from case_evidence e join certification_case c on c.id = e.case_id
                where c.closed_at < @before limit @Batch)
            """,
            new { before, Batch },
            cancellationToken);
    }

    /// <summary>An incident is kept while one of its alerts is open or a message about it is undelivered.</summary>
    private async Task<int> PurgeIncidentsAsync(long before, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var old = (await connection.QueryAsync<string>(
            """
            select i.id from incident i where i.closed_at < @before
              and not exists (select 1 from alert a where a.incident_id = i.id and a.closed_at is null)
              and not exists (select 1 from outbox o
                              where o.incident_id = i.id and o.delivered_at is null and o.dead_at is null)
            order by i.closed_at limit @Batch
            """,
            new { before, Batch },
            cancellationToken,
            transaction)).ToList();
        await connection.ExecuteAsync(
            """
            delete from outbox where incident_id in (select key from json_each(@ids));
            delete from incident_example where incident_id in (select key from json_each(@ids));
            delete from incident_event where incident_id in (select key from json_each(@ids));
            delete from alert where incident_id in (select key from json_each(@ids));
            delete from incident where id in (select key from json_each(@ids));
            """,
            new { ids = SqlList.Of(old) },
            cancellationToken,
            transaction);
        await transaction.CommitAsync(cancellationToken);
        return old.Count;
    }

    /// <param name="table">Table and condition are constant SQL.</param>
    private async Task<int> DeleteAsync(
        string table, string condition, long before, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteAsync(
            $"delete from {table} where id in (select id from {table} where {condition} limit @Batch)",
            new { before, Batch },
            cancellationToken);
    }
}
