using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Certifications;

/// <summary>Runs as rows, and the cases that a run opens or brings up to date.</summary>
internal sealed class CertificationRunStore(Database database)
{
    private const string Insert = """
        insert into certification_case (
            id, certification_id, title, stream, state, harm, run_id, document, search, opened_at, updated_at, version)
        values (
            @Id, @CertificationId, @Title, @Stream, @State, @Harm, @RunId, @Document, @Search, @OpenedAt, @UpdatedAt, 1)
        """;

    /// <summary>A case that was drawn at random is still found by its name only.</summary>
    private const string Renew = """
        update certification_case
        set document = @Document, search = case when stream = 'random' then search else @Search end, harm = @Harm,
            run_id = @RunId, updated_at = @UpdatedAt, version = version + 1
        where id = @Id
        """;

    public async Task<CertificationRun?> FindLastAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<Row>("""
            select id, cutoff, ran_at as RanAt, certifications, warm, document
            from certification_run order by ran_at desc, id limit 1
            """, null, cancellationToken);
        return row?.ToRun();
    }

    public async Task<bool> HasAsync(string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long>(
            "select count(*) from certification_run where id = @id", new { id }, cancellationToken) > 0;
    }

    /// <summary>Records a run: open cases get the new document, and new ones are opened as long as the week's budget
    /// lasts. A run that was recorded before changes nothing.</summary>
    /// <param name="cases">Of the run, the most urgent first.</param>
    /// <param name="weeklyBudget">Cases that may be opened within seven days.</param>
    /// <returns>Cases that were opened.</returns>
    public async Task<int> RecordAsync(CertificationRun run,
        IReadOnlyList<CertificationCase> cases, int weeklyBudget, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var isNew = await connection.ExecuteAsync("""
            insert into certification_run (id, cutoff, ran_at, certifications, warm, document)
            values (@Id, @Cutoff, @RanAt, @Certifications, @Warm, @Document) on conflict (id) do nothing
            """, Row.From(run), cancellationToken, transaction);
        if (isNew == 0)
        {
            return 0;
        }

        var openedThisWeek = await connection.ExecuteScalarAsync<long>(
            "select count(*) from certification_case where opened_at > @week",
            new { week = run.RanAt.AddDays(-7).ToUnixTimeMilliseconds() }, cancellationToken, transaction);
        var openIds = (await connection.QueryAsync<(string CertificationId, string Id)>(
            "select certification_id, id from certification_case where closed_at is null",
            null, cancellationToken, transaction)).ToDictionary(row => row.CertificationId, row => row.Id);
        var steps = CaseIntake.Choose(cases, openIds, openedThisWeek, weeklyBudget);
        foreach (var (chosen, opens) in steps)
        {
            await connection.ExecuteAsync(opens ? Insert : Renew, CaseRow.From(chosen), cancellationToken, transaction);
            if (chosen.Evidence is not null)
            {
                await connection.ExecuteAsync("""
                    insert into case_evidence (case_id, document) values (@Id, @Document)
                    on conflict (case_id) do update set document = excluded.document
                    """, new { chosen.Id, Document = StoredJson.Write(chosen.Evidence) }, cancellationToken,
                    transaction);
            }

            await CaseChainRows.AddAsync(
                transaction, chosen.Id, run.RanAt, "system",
                opens ? "case.open" : "case.renew", StoredJson.Write(new { run = run.Id, chosen.Document.Cutoff }),
                cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return steps.Count(step => step.Opens);
    }

    private sealed class Row
    {
        private const string NoDocument = "{}";

        public string Id { get; init; } = "";

        public long Cutoff { get; init; }

        public long RanAt { get; init; }

        public long Certifications { get; init; }

        public long Warm { get; init; }

        public string Document { get; init; } = NoDocument;

        public static Row From(CertificationRun run) => new()
        {
            Id = run.Id,
            Cutoff = new DateTimeOffset(run.Cutoff, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds(),
            RanAt = run.RanAt.ToUnixTimeMilliseconds(),
            Certifications = run.Certifications,
            Warm = run.Warm,
            Document = run.Document is null ? NoDocument : StoredJson.Write(run.Document),
        };

        public CertificationRun ToRun() => new(
            Id, DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(Cutoff).UtcDateTime),
            DateTimeOffset.FromUnixTimeMilliseconds(RanAt), (int)Certifications, (int)Warm,
            Document == NoDocument ? null : StoredJson.Read<RunDocument>(Document));
    }
}
