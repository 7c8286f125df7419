using System.Data.Common;
using Cpf.Ml.Scoring.Matching.Perimeters;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Matching;

/// <summary>Perimeters, and people's judgements of recommendations, as rows.</summary>
internal sealed class PerimeterStore(Database database)
{
    private const string Select = """
        select perimeter_id as Id, number, revision, state, document, written_by as WrittenBy, written_at as WrittenAt,
            proposed_by as ProposedBy, decided_by as DecidedBy, decided_at as DecidedAt, motive
        from perimeter_version
        """;

    /// <summary>The newest version of each, the latest changed first.</summary>
    public async Task<IReadOnlyList<Perimeter>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return [.. (await connection.QueryAsync<Row>(
            $"{Select} where number = (select max(number) from perimeter_version o where o.perimeter_id = "
                + $"perimeter_version.perimeter_id) order by written_at desc, perimeter_id limit 500",
            null,
            cancellationToken))
                .Select(row => row.ToPerimeter())];
    }

    /// <summary>All versions, the newest first; none where there is no such perimeter.</summary>
    public async Task<IReadOnlyList<Perimeter>> VersionsAsync(string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return [.. (await connection.QueryAsync<Row>(
            $"{Select} where perimeter_id = @id order by number desc", new { id }, cancellationToken))
            .Select(row => row.ToPerimeter())];
    }

    /// <returns>False where the version is there already: somebody else was first.</returns>
    public async Task<bool> AddAsync(Perimeter perimeter, AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var added = await connection.ExecuteAsync(
            """
            insert into perimeter_version (perimeter_id, number, revision, state, document, written_by, written_at)
            values (@Id, @Number, @Revision, @State, @Document, @WrittenBy, @WrittenAt)
            on conflict (perimeter_id, number) do nothing
            """,
            Row.Of(perimeter),
            cancellationToken,
            transaction);
        return await EndAsync(transaction, added, entry, cancellationToken);
    }

    /// <returns>False where the version was changed meanwhile; nothing is.</returns>
    public async Task<bool> ChangeAsync(Perimeter perimeter, AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var changed = await connection.ExecuteAsync(
            """
            update perimeter_version set revision = @Revision + 1, state = @State, document = @Document,
                written_by = @WrittenBy, written_at = @WrittenAt, proposed_by = @ProposedBy, decided_by = @DecidedBy,
                decided_at = @DecidedAt, motive = @Motive
            where perimeter_id = @Id and number = @Number and revision = @Revision
            """,
            Row.Of(perimeter),
            cancellationToken,
            transaction);
        if (changed > 0 && perimeter.State == PerimeterState.Approved)
        {
            await connection.ExecuteAsync(
                "update perimeter_version set state = 'replaced' where perimeter_id = @Id and "
                + "number < @Number and state = 'approved'",
                new { perimeter.Id, perimeter.Number },
                cancellationToken,
                transaction);
        }

        return await EndAsync(transaction, changed, entry, cancellationToken);
    }

    public async Task JudgeAsync(
        RecommendationJudgement judgement, AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var written = await connection.ExecuteAsync(
            """
            insert into recommendation_judgement (
                certification_id, job, person, is_accepted, reason, model, judged_at)
            values (@CertificationId, @Job, @Person, @accepted, @Reason, @Model, @at)
            on conflict (certification_id, job, person) do update set
                is_accepted = excluded.is_accepted, reason = excluded.reason, model = excluded.model,
                judged_at = excluded.judged_at
            """,
            new
            {
                judgement.CertificationId,
                judgement.Job,
                judgement.Person,
                accepted = judgement.IsAccepted ? 1L : 0,
                judgement.Reason,
                judgement.Model,
                at = judgement.JudgedAt.ToUnixTimeMilliseconds()
            },
            cancellationToken,
            transaction);
        await EndAsync(transaction, written, entry, cancellationToken);
    }

    /// <summary>The judged set, the oldest first.</summary>
    public async Task<IReadOnlyList<RecommendationJudgement>> JudgementsAsync(
        string? certification, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return [.. (await connection.QueryAsync<JudgementRow>(
            """
            select certification_id as CertificationId, job, person, is_accepted as Accepted, reason, model,
                judged_at as At
            from recommendation_judgement
            where cast(@certification as text) is null or certification_id = @certification
            order by judged_at, certification_id, job, person
            """,
            new { certification },
            cancellationToken)).Select(row => new RecommendationJudgement(row.CertificationId, row.Job,
                row.Person, row.Accepted > 0, row.Reason, row.Model, DateTimeOffset.FromUnixTimeMilliseconds(row.At)))];
    }

    private static async Task<bool> EndAsync(
        DbTransaction transaction, int changed, AuditEntry entry, CancellationToken cancellationToken)
    {
        if (changed == 0)
        {
            return false;
        }

        await AuditStore.AddAsync(transaction, entry, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private sealed class JudgementRow
    {
        public string CertificationId { get; init; } = "";

        public string Job { get; init; } = "";

        public string Person { get; init; } = "";

        public long Accepted { get; init; }

        public string Reason { get; init; } = "";

        public string Model { get; init; } = "";

        public long At { get; init; }
    }

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public long Number { get; init; }

        public long Revision { get; init; }

        public string State { get; init; } = "";

        public string Document { get; init; } = "";

        public string WrittenBy { get; init; } = "";

        public long WrittenAt { get; init; }

        public string? ProposedBy { get; init; }

        public string? DecidedBy { get; init; }

        public long? DecidedAt { get; init; }

        public string? Motive { get; init; }

        public static Row Of(Perimeter perimeter) => new()
        {
            Id = perimeter.Id,
            Number = perimeter.Number,
            Revision = perimeter.Revision,
            State = StoredJson.Name(perimeter.State),
            Document = StoredJson.Write(perimeter.Content),
            WrittenBy = perimeter.WrittenBy,
            WrittenAt = perimeter.WrittenAt.ToUnixTimeMilliseconds(),
            ProposedBy = perimeter.ProposedBy,
            DecidedBy = perimeter.DecidedBy,
            DecidedAt = perimeter.DecidedAt?.ToUnixTimeMilliseconds(),
            Motive = perimeter.Motive,
        };

        public Perimeter ToPerimeter() => new(
            Id, (int)Number, Revision, StoredJson.Parse<PerimeterState>(State), StoredJson.Read<PerimeterContent>(
                Document), WrittenBy, DateTimeOffset.FromUnixTimeMilliseconds(WrittenAt), ProposedBy, DecidedBy,
            DecidedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null, Motive);
    }
}
