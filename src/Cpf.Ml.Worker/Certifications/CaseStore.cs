using Cpf.Ml.Worker.Storage;
using Dapper;

namespace Cpf.Ml.Worker.Certifications;

/// <summary>Runs, cases and their chained history as rows.</summary>
internal sealed class CaseStore(Database database)
{
    private const string Select = """
        select id, certification_id as CertificationId, title, stream, state, harm, run_id as RunId, document, opened_at as OpenedAt, updated_at as UpdatedAt, holder, held_until as HeldUntil, assignee,
               opinion_by as OpinionBy, snoozed_until as SnoozedUntil, outcome, motive, decided_by as DecidedBy, decided_at as DecidedAt, confirmed_by as ConfirmedBy, closed_at as ClosedAt, version,
               (select count(*) from certification_case o where o.certification_id = certification_case.certification_id and o.closed_at is not null and o.id <> certification_case.id) as Earlier
        """;

    /// <summary>What was put aside is open again from its date on.</summary>
    private const string StateNow = "case when state = 'snoozed' and snoozed_until <= @now then 'open' else state end";
    private const string Wanted = "(cast(@Assignee as text) is null or coalesce(assignee, '') = @Assignee)";

    private const string Insert = """
        insert into certification_case (id, certification_id, title, stream, state, harm, run_id, document, search, opened_at, updated_at, version)
        values (@Id, @CertificationId, @Title, @Stream, @State, @Harm, @RunId, @Document, @Search, @OpenedAt, @UpdatedAt, 1)
        """;

    /// <summary>A case that was drawn at random is still found by its name only.</summary>
    private const string Renew = """
        update certification_case
        set document = @Document, search = case when stream = 'random' then search else @Search end, harm = @Harm, run_id = @RunId,
            updated_at = @UpdatedAt, version = version + 1
        where id = @Id
        """;

    public async Task<CertificationRun?> FindLastRunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<RunRow>("select id, cutoff, ran_at as RanAt, "
            + "certifications, warm, document from certification_run order by ran_at desc, id limit 1",
            null, cancellationToken);
        return row?.ToRun();
    }

    public async Task<bool> HasRunAsync(string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long>(
            "select count(*) from certification_run where id = @id", new { id }, cancellationToken) > 0;
    }

    /// <summary>Certifications whose case was closed since: nobody needs to be told again at once.</summary>
    public async Task<IReadOnlySet<string>> FindClosedAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<string>(
            "select certification_id from certification_case where closed_at >= "
            + "@since", new { since = since.ToUnixTimeMilliseconds() }, cancellationToken)).ToHashSet();
    }

    /// <summary>Records a run: open cases get the new document, and new ones are opened as long as the week's budget
    /// lasts. A run that was recorded before changes nothing.</summary>
    /// <param name="weeklyBudget">Cases that may be opened within seven days.</param>
    /// <returns>Cases that were opened.</returns>
    public async Task<int> RecordRunAsync(CertificationRun run,
        IReadOnlyList<CertificationCase> cases, int weeklyBudget, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var isNew = await connection.ExecuteAsync(
            "insert into certification_run (id, cutoff, ran_at, certifications, warm, document) values (@Id, @Cutoff, "
                + "@RanAt, @Certifications, @Warm, @Document) on conflict (id) do nothing",
            RunRow.Of(run),
            cancellationToken,
            transaction);
        if (isNew == 0)
        {
            return 0;
        }

        var openedThisWeek = await connection.ExecuteScalarAsync<long>(
            "select count(*) from certification_case where opened_at > @week",
            new { week = run.RanAt.AddDays(-7).ToUnixTimeMilliseconds() }, cancellationToken, transaction);
        var openIds = (await connection.QueryAsync<(string CertificationId, string Id)>(
            "select certification_id, id from certification_case where closed_at is null",
            null, cancellationToken, transaction))
            .ToDictionary(row => row.CertificationId, row => row.Id);
        var steps = CaseIntake.Choose(cases, openIds, openedThisWeek, weeklyBudget);
        foreach (var (chosen, opens) in steps)
        {
            await connection.ExecuteAsync(opens ? Insert : Renew, Row.Of(chosen), cancellationToken, transaction);
            if (chosen.Evidence is not null)
            {
                await connection.ExecuteAsync(
                    "insert into case_evidence (case_id, document) values (@Id, @Document) on conflict (case_id) do "
                        + "update set document = excluded.document",
                    new { chosen.Id, Document = StoredJson.Write(chosen.Evidence) },
                    cancellationToken,
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

    /// <summary>Adds a line to a case's history and changes nothing of it.</summary>
    public async Task NoteAsync(string caseId,
        DateTimeOffset at, string actor, string action, object detail, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await CaseChainRows.AddAsync(
            transaction, caseId, at, actor, action, StoredJson.Write(detail), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>A page of cases without their evidence, in the order of <see cref="CaseList.Cases"/>.</summary>
    public async Task<CaseList> FindAsync(CaseQuery query, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var words = SearchText.Words(query.Text);
        var wanted =
            string.Join(" and ", words.Select((_, word) => $"search like @word{word} escape '!'").Prepend(Wanted));
        var parameters = new DynamicParameters(new
        {
            State = query.State is { } state ? StoredJson.Name(state) : null,
            query.Assignee,
            now = now.ToUnixTimeMilliseconds(),
            query.Skip,
            query.Take
        });
        foreach (var (word, text) in words.Index())
        {
            parameters.Add($"word{word}",
                $"%{text.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%");
        }

        await using var connection = await database.OpenAsync(cancellationToken);
        var states = (await connection.QueryAsync<(string State, long Count)>($"select {StateNow} as now_state, "
            + $"count(*) from certification_case where {wanted} group by now_state", parameters, cancellationToken))
            .ToDictionary(row => StoredJson.Parse<CaseState>(row.State), row => row.Count);
        var rows = await connection.QueryAsync<Row>(
            $"""
            with page as (
                select id as page_id, row_number() over (order by
                    case when state = 'proposed' then 0 when {StateNow} = 'open' then case when stream = 'random' and opinion_by is null then 1 else 2 end when state = 'snoozed' then 3 else 4 end,
                    case when closed_at is null then case when stream = 'random' and opinion_by is null then 0 else -harm end else -closed_at end, id) as place
                from certification_case where {wanted} and (cast(@State as text) is null or {StateNow} = @State)
                order by place limit @Take offset @Skip
            )
            {Select} from page join certification_case on id = page_id order by place
            """,
            parameters,
            cancellationToken);
        return new CaseList([.. rows.Select(row => row.ToCase())],
            query.State is { } asked ? states.GetValueOrDefault(asked) : states.Values.Sum(), states);
    }

    /// <summary>What was decided and closed, the oldest first, as <c>docs/platform-data.md</c> has it.</summary>
    public async Task<IReadOnlyList<(string CertificationId, DateTimeOffset OpenedAt, DateTimeOffset ClosedAt,
        CaseOrigin Origin, CaseOutcome? Outcome)>> FindControlsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return [.. (await connection.QueryAsync<Row>(
            "select certification_id as CertificationId, opened_at as OpenedAt, closed_at as ClosedAt, stream, outcome "
                + "from certification_case where closed_at is not null order by closed_at, id",
            null,
            cancellationToken))
            .Select(row => row.ToControl())];
    }

    /// <summary>What decisions say of the queue; the newest five thousand of them.</summary>
    public async Task<CaseQuality> ReadQualityAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var closed = await connection.QueryAsync<Row>(
            "select stream, outcome, document, opened_at as OpenedAt, closed_at as ClosedAt from certification_case "
                + "where closed_at is not null order by closed_at desc, id limit 5000",
            null,
            cancellationToken);
        var waiting = await connection.ExecuteScalarAsync<long>("select count(*) from certification_case where "
            + "closed_at is null and opened_at < @before",
            new { before = now.AddDays(-14).ToUnixTimeMilliseconds() }, cancellationToken);
        var acts = (await connection.QueryAsync<(string Action, long Count)>(
            "select action, count(*) from case_event where action in ('case.confirm', 'case.return') group by action",
            null,
            cancellationToken))
            .ToDictionary(row => row.Action, row => row.Count);
        return CaseQuality.Of([.. closed.Select(row => row.ToClosed())],
            waiting, acts.GetValueOrDefault("case.confirm"), acts.GetValueOrDefault("case.return"));
    }

    /// <summary>Cases about which somebody decided since.</summary>
    public async Task<int> CountDecidedAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (int)await connection.ExecuteScalarAsync<long>(
            "select count(*) from certification_case where decided_at "
            + "> @since", new { since = since.ToUnixTimeMilliseconds() }, cancellationToken);
    }

    /// <summary>With its evidence.</summary>
    public async Task<CertificationCase?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QuerySingleOrDefaultAsync<Row>($"{Select}, (select e.document from case_evidence e "
            + $"where e.case_id = id) as Evidence from certification_case where id = @id",
            new { id }, cancellationToken))?.ToCase();
    }

    public async Task<IReadOnlyList<CaseEvent>> ReadHistoryAsync(string? caseId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await CaseChainRows.ReadAsync(connection, caseId, cancellationToken);
    }

    public async Task<IReadOnlyList<CaseAttachment>> ReadAttachmentsAsync(
        string caseId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await CaseAttachmentRows.ReadAsync(connection, caseId, cancellationToken);
    }

    public async Task<(string Name, byte[] Content)?> ReadAttachmentAsync(
        string caseId, long number, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await CaseAttachmentRows.ReadAsync(connection, caseId, number, cancellationToken);
    }

    public async Task<IReadOnlyList<string>> VerifyAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await CaseChainRows.VerifyAsync(connection, cancellationToken);
    }

    /// <summary>Writes a changed case with its line, unless somebody changed it meanwhile.</summary>
    /// <param name="before">What the change was made from; its version must still be the stored one.</param>
    /// <param name="detail">What the line says, as JSON.</param>
    /// <param name="document">Put into the case with it.</param>
    /// <returns>Whether it was written.</returns>
    public async Task<bool> ChangeAsync(
        CertificationCase before, CertificationCase after, DateTimeOffset at, string actor, string action,
        object detail, (CaseAttachment Of, byte[] Content)? document, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var changed = await connection.ExecuteAsync(
            """
            update certification_case set state = @State, updated_at = @UpdatedAt, holder = @Holder, held_until = @HeldUntil, assignee = @Assignee, opinion_by = @OpinionBy, snoozed_until = @SnoozedUntil,
                outcome = @Outcome, motive = @Motive, decided_by = @DecidedBy, decided_at = @DecidedAt, confirmed_by = @ConfirmedBy, closed_at = @ClosedAt, version = version + 1
            where id = @Id and version = @Version
            """,
            Row.Of(after with { Version = before.Version, UpdatedAt = at }),
            cancellationToken,
            transaction);
        if (changed == 0)
        {
            return false;
        }

        if (document is { } added)
        {
            await CaseAttachmentRows.AddAsync(transaction, after.Id, added.Of, added.Content, cancellationToken);
        }

        await CaseChainRows.AddAsync(
            transaction, after.Id, at, actor, action, StoredJson.Write(detail), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private sealed class RunRow
    {
        private const string Nothing = "{}";

        public string Id { get; init; } = "";

        public long Cutoff { get; init; }

        public long RanAt { get; init; }

        public long Certifications { get; init; }

        public long Warm { get; init; }

        public string Document { get; init; } = Nothing;

        public static RunRow Of(CertificationRun run) => new()
        {
            Id = run.Id,
            Cutoff = new DateTimeOffset(run.Cutoff, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds(),
            RanAt = run.RanAt.ToUnixTimeMilliseconds(),
            Certifications = run.Certifications,
            Warm = run.Warm,
            Document = run.Document is null ? Nothing : StoredJson.Write(run.Document),
        };

        public CertificationRun ToRun() => new(
            Id, DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(Cutoff).UtcDateTime),
            DateTimeOffset.FromUnixTimeMilliseconds(RanAt), (int)Certifications, (int)Warm,
            Document == Nothing ? null : StoredJson.Read<RunDocument>(Document));
    }

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public string CertificationId { get; init; } = "";

        public string Title { get; init; } = "";

        public string Stream { get; init; } = "";

        public string State { get; init; } = "";

        public double Harm { get; init; }

        public string RunId { get; init; } = "";

        public string Document { get; init; } = "";

        public string? Evidence { get; init; }

        public string Search { get; init; } = "";

        public long Earlier { get; init; }

        public long OpenedAt { get; init; }

        public long UpdatedAt { get; init; }

        public string? Holder { get; init; }

        public long? HeldUntil { get; init; }

        public string? Assignee { get; init; }

        public string? OpinionBy { get; init; }

        public long? SnoozedUntil { get; init; }

        public string? Outcome { get; init; }

        public string? Motive { get; init; }

        public string? DecidedBy { get; init; }

        public long? DecidedAt { get; init; }

        public string? ConfirmedBy { get; init; }

        public long? ClosedAt { get; init; }

        public long Version { get; init; }

        public static Row Of(CertificationCase one) => new()
        {
            Id = one.Id,
            CertificationId = one.CertificationId,
            Title = one.Title,
            Stream = StoredJson.Name(one.Origin),
            State = StoredJson.Name(one.State),
            Harm = one.Harm,
            RunId = one.RunId,
            Document = StoredJson.Write(one.Document),
            Search = SearchOf(one),
            OpenedAt = one.OpenedAt.ToUnixTimeMilliseconds(),
            UpdatedAt = one.UpdatedAt.ToUnixTimeMilliseconds(),
            Holder = one.Holder,
            HeldUntil = one.HeldUntil?.ToUnixTimeMilliseconds(),
            Assignee = one.Assignee,
            OpinionBy = one.OpinionBy,
            SnoozedUntil = one.SnoozedUntil?.ToUnixTimeMilliseconds(),
            Outcome = one.Outcome is { } outcome ? StoredJson.Name(outcome) : null,
            Motive = one.Motive,
            DecidedBy = one.DecidedBy,
            DecidedAt = one.DecidedAt?.ToUnixTimeMilliseconds(),
            ConfirmedBy = one.ConfirmedBy,
            ClosedAt = one.ClosedAt?.ToUnixTimeMilliseconds(),
            Version = one.Version,
        };

        public CertificationCase ToCase() => new(
            Id, CertificationId, Title,
            OriginOf(Stream), StoredJson.Parse<CaseState>(State), Harm, RunId, StoredJson.Read<CaseDocument>(Document),
            Instant(OpenedAt), Instant(UpdatedAt), Holder, Instant(HeldUntil), Assignee, OpinionBy,
            Instant(SnoozedUntil),
            OutcomeOf(Outcome), Motive, DecidedBy, Instant(DecidedAt), ConfirmedBy, Instant(ClosedAt), Version)
        {
            Evidence = Evidence is null ? null : StoredJson.Read<CaseEvidence>(Evidence),
            Earlier = Earlier,
        };

        public ClosedCase ToClosed() => new(OriginOf(Stream), OutcomeOf(Outcome)!.Value,
            StoredJson.Read<CaseDocument>(Document).Probability, (ClosedAt!.Value - OpenedAt) / 86_400_000.0);

        public (string, DateTimeOffset, DateTimeOffset, CaseOrigin, CaseOutcome?) ToControl() =>
            (CertificationId, Instant(OpenedAt), Instant(ClosedAt!.Value), OriginOf(Stream), OutcomeOf(Outcome));

        private static CaseOrigin OriginOf(string text) => StoredJson.Parse<CaseOrigin>(text);

        private static CaseOutcome? OutcomeOf(string? text) =>
            text is null ? null : StoredJson.Parse<CaseOutcome>(text);

        /// <summary>A blind case is found by what it is called only: being found by a reason would tell it.</summary>
        private static string SearchOf(CertificationCase one) =>
            string.Join('\n', new[] { one.CertificationId, one.Title }
            .Concat(one is { Origin: not CaseOrigin.Random, Document.Reasons: [var first, ..] }
                ? [first.Name.Fr, first.Name.En] : []).Select(SearchText.Fold));

        private static DateTimeOffset Instant(long at) => DateTimeOffset.FromUnixTimeMilliseconds(at);

        private static DateTimeOffset? Instant(long? at) => at is { } milliseconds ? Instant(milliseconds) : null;
    }
}
