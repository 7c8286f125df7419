using System.Collections.Immutable;
using System.Data.Common;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Alerts;

/// <summary>Silences and maintenance windows as rows.</summary>
internal static class SilenceRows
{
    private const string Select = """
        select id, kind, matchers, starts_at as StartsAt, ends_at as EndsAt, reason, created_by as CreatedBy,
               created_at as CreatedAt, ended_by as EndedBy, ended_at as EndedAt
        from silence
        """;

    public static Task<IReadOnlyList<Silence>> ReadActiveAsync(
        DbConnection connection,
        DbTransaction? transaction, DateTimeOffset now, CancellationToken cancellationToken) =>
        ReadAsync(
            connection,
            transaction,
            "where starts_at <= @now and ends_at > @now and ended_at is null order by starts_at, id",
            new { now = now.ToUnixTimeMilliseconds() },
            cancellationToken);

    public static async Task<Silence?> FindAsync(
        DbConnection connection, DbTransaction? transaction, string id, CancellationToken cancellationToken) =>
        (await ReadAsync(connection, transaction, "where id = @id", new { id }, cancellationToken)) is [var found]
            ? found : null;

    /// <param name="where">Constant SQL; values are parameters.</param>
    public static async Task<IReadOnlyList<Silence>> ReadAsync(
        DbConnection connection, DbTransaction? transaction,
        string where, object parameters, CancellationToken cancellationToken) =>
        [.. (await connection.QueryAsync<Row>($"{Select} {where}", parameters, cancellationToken, transaction))
            .Select(row => row.ToSilence())];

    public static Task WriteAsync(
        DbTransaction transaction, Silence silence, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(
            """
            insert into silence
                (id, kind, matchers, starts_at, ends_at, reason, created_by, created_at, ended_by, ended_at)
            values (@Id, @Kind, @Matchers, @StartsAt, @EndsAt, @Reason, @CreatedBy, @CreatedAt, @EndedBy, @EndedAt)
            on conflict (id) do update set ended_by = excluded.ended_by, ended_at = excluded.ended_at
            """,
            Row.Of(silence),
            cancellationToken,
            transaction);

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public string Kind { get; init; } = "";

        public string Matchers { get; init; } = "";

        public long StartsAt { get; init; }

        public long EndsAt { get; init; }

        public string Reason { get; init; } = "";

        public string CreatedBy { get; init; } = "";

        public long CreatedAt { get; init; }

        public string? EndedBy { get; init; }

        public long? EndedAt { get; init; }

        public static Row Of(Silence silence) => new()
        {
            Id = silence.Id,
            Kind = StoredJson.Name(silence.Kind),
            Matchers = StoredJson.Write(silence.Matchers),
            StartsAt = silence.StartsAt.ToUnixTimeMilliseconds(),
            EndsAt = silence.EndsAt.ToUnixTimeMilliseconds(),
            Reason = silence.Reason,
            CreatedBy = silence.CreatedBy,
            CreatedAt = silence.CreatedAt.ToUnixTimeMilliseconds(),
            EndedBy = silence.EndedBy,
            EndedAt = silence.EndedAt?.ToUnixTimeMilliseconds(),
        };

        public Silence ToSilence() => new()
        {
            Id = Id,
            Kind = StoredJson.Parse<SilenceKind>(Kind),
            Matchers = StoredJson.Read<ImmutableArray<Matcher>>(Matchers),
            StartsAt = DateTimeOffset.FromUnixTimeMilliseconds(StartsAt),
            EndsAt = DateTimeOffset.FromUnixTimeMilliseconds(EndsAt),
            Reason = Reason,
            CreatedBy = CreatedBy,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            EndedBy = EndedBy,
            EndedAt = EndedAt is { } ended ? DateTimeOffset.FromUnixTimeMilliseconds(ended) : null,
        };
    }
}
