using System.Data.Common;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Publish;

/// <summary>Messages that publishers have to deliver, with the outcome of each.</summary>
internal sealed class OutboxStore(Database database, TimeProvider time)
{
    /// <summary>Messages that are due, oldest first. Of one incident only the oldest, so that its messages arrive in
    /// order.</summary>
    public async Task<IReadOnlyList<OutboxMessage>> FindDueAsync(
        string publisher, int take, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<OutboxRows>(
            $"""
            select {OutboxRows.Columns} from outbox o
            where publisher = @publisher and delivered_at is null and dead_at is null and not_before <= @now
              and not exists (select 1 from outbox e where e.publisher = o.publisher and e.incident_id = o.incident_id
                              and e.version < o.version and e.delivered_at is null and e.dead_at is null)
            order by created_at, version, id limit @take
            """,
            new { publisher, take, now = time.GetUtcNow().ToUnixTimeMilliseconds() },
            cancellationToken);
        return [.. rows.Select(row => row.ToMessage())];
    }

    /// <summary>Number of undelivered messages of a publisher, and when the next may be tried; null when there is
    /// none.</summary>
    public async Task<(long Count, DateTimeOffset? NotBefore)> FindWaitingAsync(
        string publisher, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var (count, next) = await connection.QuerySingleAsync<(long, long?)>(
            "select count(*), min(not_before) from outbox where publisher = @publisher and delivered_at is null and "
                + "dead_at is null",
            new { publisher },
            cancellationToken);
        return (count, next is { } milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null);
    }

    /// <summary>Records the delivery of a message, also in its incident's timeline. Not cancelled when the service
    /// stops: a message that is not recorded as delivered is sent again.</summary>
    /// <param name="late">The incident had ended by then.</param>
    public Task DeliveredAsync(OutboxMessage message, bool late) => SettleAsync(
        "update outbox set delivered_at = @now, attempts = attempts + 1, last_error = null where id = @Id and "
            + "delivered_at is null",
        message,
        new { message.Id, now = Now },
        IncidentEventKind.Published,
        new EventDetail { Late = late ? true : null },
        CancellationToken.None);

    /// <summary>Nobody answered: the message keeps its position, and the attempt does not count.</summary>
    public async Task DelayedAsync(OutboxMessage message, string error, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(
            "update outbox set last_error = @error where id = @Id", new { message.Id, error }, cancellationToken);
    }

    /// <summary>The receiver answered with an error that may be transient.</summary>
    public async Task FailedAsync(
        OutboxMessage message, string error, DateTimeOffset notBefore, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(
            "update outbox set not_before = @notBefore, attempts = attempts + 1, last_error = @error where id = @Id",
            new { message.Id, error, notBefore = notBefore.ToUnixTimeMilliseconds() },
            cancellationToken);
    }

    /// <summary>Gives a message up until a person sends it again, and records it in the incident's timeline.</summary>
    public Task BuryAsync(OutboxMessage message, string error, CancellationToken cancellationToken) => SettleAsync(
        "update outbox set dead_at = @now, attempts = attempts + 1, last_error = @error where id = @Id and "
            + "delivered_at is null",
        message,
        new { message.Id, error, now = Now },
        IncidentEventKind.Undeliverable,
        new EventDetail { Text = error },
        cancellationToken);

    /// <summary>Requeues a message that was given up.</summary>
    /// <returns>False when no message with this id was given up.</returns>
    public async Task<bool> ReviveAsync(string id, AuditEntry audit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var revived = await connection.ExecuteAsync(
            "update outbox set dead_at = null, attempts = 0, not_before = @Now where id = @id and dead_at is not null",
            new { id, Now },
            cancellationToken,
            transaction);
        if (revived == 0)
        {
            return false;
        }

        await AuditStore.AddAsync(transaction, audit, cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    /// <summary>Messages that were given up, the newest first, at most 200.</summary>
    public async Task<IReadOnlyList<OutboxMessage>> FindDeadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<OutboxRows>(
            $"select {OutboxRows.Columns} from outbox where dead_at is not null order by dead_at desc, id limit 200",
            null,
            cancellationToken);
        return [.. rows.Select(row => row.ToMessage())];
    }

    /// <summary>The status of every publisher that has or had messages, by name.</summary>
    public async Task<IReadOnlyList<PublisherStatus>> SummariseAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<PublisherStatus>(
            """
            select publisher as Name,
                   count(case when delivered_at is null and dead_at is null then 1 end) as Pending,
                   count(dead_at) as Dead,
                   min(case when delivered_at is null and dead_at is null then created_at end)
                       as OldestPendingMilliseconds,
                   max(delivered_at) as LastDeliveredMilliseconds,
                   (select e.last_error from outbox e where e.publisher = o.publisher and e.last_error is not null
                    and e.delivered_at is null order by e.created_at, e.version, e.id limit 1) as LastError
            from outbox o group by publisher order by publisher
            """,
            null,
            cancellationToken);
        return [.. rows];
    }

    /// <summary>Deletes messages delivered before <paramref name="before"/>.</summary>
    public async Task PruneAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(
            "delete from outbox where delivered_at < @before",
            new { before = before.ToUnixTimeMilliseconds() }, cancellationToken);
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task SettleAsync(
        string update, OutboxMessage message,
        object parameters, IncidentEventKind kind, EventDetail detail, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await connection.ExecuteAsync(update, parameters, cancellationToken, transaction) == 1)
        {
            await AddEventAsync(transaction, message, kind, detail, cancellationToken);
        }

        await transaction.CommitAsync(CancellationToken.None);
    }

    private Task AddEventAsync(
        DbTransaction transaction, OutboxMessage message,
        IncidentEventKind kind, EventDetail detail, CancellationToken cancellationToken) =>
        IncidentEventRows.WriteAsync(transaction,
        [
            new IncidentEvent(
                AlertId.Hash("event", message.Id, kind.ToString(), message.DeadAt?.ToString("O") ?? ""),
                message.IncidentId,
                time.GetUtcNow(),
                IncidentEvent.System,
                kind,
                message.Version,
                detail with { Publisher = message.Publisher,
                    To = StoredJson.Name(message.Notice) }),
        ],
        cancellationToken);
}
