using Cpf.Ml.Worker.Storage;
using Dapper;

namespace Cpf.Ml.Worker.Certifications;

/// <summary>Cases with their documents and their chained history as rows.</summary>
internal sealed class CaseStore(Database database)
{
    private const string Select = """
        select id, certification_id as CertificationId, title, stream, state, harm, run_id as RunId, document,
               opened_at as OpenedAt, updated_at as UpdatedAt, holder, held_until as HeldUntil, assignee,
               opinion_by as OpinionBy, snoozed_until as SnoozedUntil, outcome, motive, decided_by as DecidedBy,
               decided_at as DecidedAt, confirmed_by as ConfirmedBy, closed_at as ClosedAt, version,
               (select count(*) from certification_case o
                where o.certification_id = certification_case.certification_id and o.closed_at is not null
                  and o.id <> certification_case.id) as Earlier
        """;

    /// <summary>What was put aside is open again from its date on.</summary>
    private const string StateNow = "case when state = 'snoozed' and snoozed_until <= @now then 'open' else state end";

    private const string IsBlind = "stream = 'random' and opinion_by is null";

    private const string AssigneeMatches =
        "(cast(@Assignee as text) is null or coalesce(assignee, '') = @Assignee)";

    /// <summary>A page of cases without their evidence, in the order of <see cref="CaseList.Cases"/>.</summary>
    public async Task<CaseList> FindAsync(CaseQuery query, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var words = SearchText.Words(query.Text);
        var matches = string.Join(
            " and ", words.Select((_, word) => $"search like @word{word} escape '!'").Prepend(AssigneeMatches));
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
            parameters.Add($"word{word}", $"%{EscapeLike(text)}%");
        }

        await using var connection = await database.OpenAsync(cancellationToken);
        var states = (await connection.QueryAsync<(string State, long Count)>(
            $"select {StateNow} as now_state, count(*) from certification_case where {matches} group by now_state",
            parameters,
            cancellationToken)).ToDictionary(row => StoredJson.Parse<CaseState>(row.State), row => row.Count);
        var rows = await connection.QueryAsync<CaseRow>(
            $"""
            with page as (
                select id as page_id, row_number() over (order by
                    case when state = 'proposed' then 0
                         when {StateNow} = 'open' then case when {IsBlind} then 1 else 2 end
                         when state = 'snoozed' then 3 else 4 end,
                    case when closed_at is not null then -closed_at when {IsBlind} then 0 else -harm end,
                    id) as place
                from certification_case
                where {matches} and (cast(@State as text) is null or {StateNow} = @State)
                order by place limit @Take offset @Skip
            )
            {Select} from page join certification_case on id = page_id order by place
            """,
            parameters,
            cancellationToken);
        return new CaseList([.. rows.Select(row => row.ToCase())],
            query.State is { } wanted ? states.GetValueOrDefault(wanted) : states.Values.Sum(), states);
    }

    /// <summary>A case with its evidence; null where there is none of this id.</summary>
    public async Task<CertificationCase?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QuerySingleOrDefaultAsync<CaseRow>(
            $"""
            {Select}, (select e.document from case_evidence e where e.case_id = id) as Evidence
            from certification_case where id = @id
            """, new { id }, cancellationToken))?.ToCase();
    }

    /// <returns>The lines of a case in order; of all cases where the id is null.</returns>
    public async Task<IReadOnlyList<CaseEvent>> ReadHistoryAsync(string? caseId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await CaseChainRows.ReadAsync(connection, caseId, cancellationToken);
    }

    /// <summary>Checks the chain of all cases' histories.</summary>
    /// <returns>A sentence for each fault; empty when every line is as it was written.</returns>
    public async Task<IReadOnlyList<string>> VerifyAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await CaseChainRows.VerifyAsync(connection, cancellationToken);
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

    /// <summary>Writes a changed case with its line, unless somebody changed it meanwhile.</summary>
    /// <param name="before">What the change was made from; its version must still be the stored one.</param>
    /// <param name="detail">What the line records, as JSON.</param>
    /// <param name="document">Added to the case in the same transaction; null for none.</param>
    /// <returns>Whether it was written.</returns>
    public async Task<bool> ChangeAsync(
        CertificationCase before, CertificationCase after, DateTimeOffset at, string actor, string action,
        object detail, (CaseAttachment Attachment, byte[] Content)? document, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var changed = await connection.ExecuteAsync(
            """
            update certification_case
            set state = @State, updated_at = @UpdatedAt, holder = @Holder, held_until = @HeldUntil,
                assignee = @Assignee, opinion_by = @OpinionBy, snoozed_until = @SnoozedUntil, outcome = @Outcome,
                motive = @Motive, decided_by = @DecidedBy, decided_at = @DecidedAt, confirmed_by = @ConfirmedBy,
                closed_at = @ClosedAt, version = version + 1
            where id = @Id and version = @Version
            """,
            CaseRow.From(after with { Version = before.Version, UpdatedAt = at }),
            cancellationToken,
            transaction);
        if (changed == 0)
        {
            return false;
        }

        if (document is { } added)
        {
            await CaseAttachmentRows.AddAsync(
                transaction, after.Id, added.Attachment, added.Content, cancellationToken);
        }

        await CaseChainRows.AddAsync(
            transaction, after.Id, at, actor, action, StoredJson.Write(detail), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static string EscapeLike(string text) => text.Replace("!", "!!", StringComparison.Ordinal)
        .Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);
}
