using System.Globalization;
using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Neutrality;

/// <summary>Audits, as rows.</summary>
internal sealed class NeutralityStore(Database database)
{
    private const string Columns = "audit_id as Id, audited_at as AuditedAt, from_day as FromDay, until_day as "
        + "UntilDay, verdict, neutral, biased, open";

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<AuditSummaryRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return [.. (await connection
            .QueryAsync<Row>($"select {Columns} from neutrality_audit order by audited_at desc, audit_id limit 200",
                null, cancellationToken))
            .Select(row => row.ToSummary())];
    }

    /// <returns>The report as JSON; null where there is none.</returns>
    public async Task<string?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<string?>(
            "select document from neutrality_audit where audit_id = @id", new { id }, cancellationToken);
    }

    /// <returns>False where it is there already.</returns>
    public async Task<bool> AddAsync(
        string id, DateTimeOffset at, AuditReport report, CancellationToken cancellationToken)
    {
        int Count(NeutralityVerdict verdict) => report.Lines.Count(line => line.Verdict == verdict);
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteAsync(
            """
            insert into neutrality_audit (
                audit_id, audited_at, from_day, until_day, verdict, neutral, biased, open, document)
            values (@id, @at, @From, @Until, @verdict, @neutral, @biased, @open, @document)
            on conflict (audit_id) do nothing
            """,
            new
            {
                id,
                at = at.ToUnixTimeMilliseconds(),
                From = Day(report.From),
                Until = Day(report.Until),
                verdict = report.Verdict.ToString().ToLowerInvariant(),
                neutral = Count(NeutralityVerdict.Neutral),
                biased = Count(NeutralityVerdict.Biased),
                open = Count(NeutralityVerdict.Inconclusive),
                document = report.ToJson(),
            },
            cancellationToken) > 0;
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public long AuditedAt { get; init; }

        public string FromDay { get; init; } = "";

        public string UntilDay { get; init; } = "";

        public string Verdict { get; init; } = "";

        public long Neutral { get; init; }

        public long Biased { get; init; }

        public long Open { get; init; }

        public AuditSummaryRow ToSummary() => new(
            Id, DateTimeOffset.FromUnixTimeMilliseconds(AuditedAt), DateOnly.Parse(
                FromDay, CultureInfo.InvariantCulture), DateOnly.Parse(UntilDay, CultureInfo.InvariantCulture),
                Enum.Parse<NeutralityVerdict>(Verdict, ignoreCase: true), (int)Neutral,
            (int)Biased, (int)Open);
    }
}
