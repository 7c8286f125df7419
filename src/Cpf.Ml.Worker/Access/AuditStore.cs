using System.Data.Common;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Access;

internal sealed class AuditStore(Database database)
{
    private const string Insert = """
        insert into audit_log (id, at, actor, action, subject, before, after, source, trace)
        values (@Id, @At, @Actor, @Action, @Subject, @Before, @After, @Source, @Trace)
        """;

    public async Task AddAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(Insert, Row.Of(entry), cancellationToken);
    }

    /// <summary>Writes the line in the transaction of the change that it records.</summary>
    public static Task AddAsync(
        DbTransaction transaction, AuditEntry entry, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(Insert, Row.Of(entry), cancellationToken, transaction);

    /// <summary>Time of the oldest line that is still kept; null when there is none.</summary>
    public async Task<DateTimeOffset?> FindOldestAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var at = await connection.ExecuteScalarAsync<long?>("select min(at) from audit_log", null, cancellationToken);
        return at is { } milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
    }

    public async Task<IReadOnlyList<AuditEntry>> ReadAsync(AuditFilter filter, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(
            """
            select id, at, actor, action, subject, before, after, source, trace from audit_log
            where (cast(@Actor as text) is null or actor = @Actor)
              and (cast(@Action as text) is null or substr(action, 1, length(@Action)) = @Action)
              and (cast(@Subject as text) is null or subject = @Subject)
              and (cast(@Before as text) is null or id < @Before)
            order by id desc limit @Limit
            """,
            filter,
            cancellationToken);
        return [.. rows.Select(row => row.ToEntry())];
    }

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public long At { get; init; }

        public string Actor { get; init; } = "";

        public string Action { get; init; } = "";

        public string Subject { get; init; } = "";

        public string? Before { get; init; }

        public string? After { get; init; }

        public string Source { get; init; } = "";

        public string Trace { get; init; } = "";

        public static Row Of(AuditEntry entry) => new()
        {
            Id = entry.Id,
            At = entry.At.ToUnixTimeMilliseconds(),
            Actor = entry.Actor,
            Action = entry.Action,
            Subject = entry.Subject,
            Before = entry.Before,
            After = entry.After,
            Source = entry.Source,
            Trace = entry.Trace,
        };

        public AuditEntry ToEntry() =>
            new(Id, DateTimeOffset.FromUnixTimeMilliseconds(At), Actor, Action, Subject, Before, After, Source, Trace);
    }
}
