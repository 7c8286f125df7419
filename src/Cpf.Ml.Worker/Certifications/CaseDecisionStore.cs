using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Certifications;

/// <summary>What was decided about cases: labels, rest periods and the quality of the queue.</summary>
internal sealed class CaseDecisionStore(Database database)
{
    /// <summary>Decisions from which the quality is estimated, the newest ones.</summary>
    private const int MaxQualitySample = 5000;

    /// <summary>Certifications whose case was closed since: their next case waits.</summary>
    /// <param name="since">Inclusive, in UTC.</param>
    public async Task<IReadOnlySet<string>> FindClosedAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<string>(
            "select certification_id from certification_case where closed_at >= @since",
            new { since = since.ToUnixTimeMilliseconds() }, cancellationToken)).ToHashSet();
    }

    /// <summary>What was decided and closed, the oldest first, for the table controls of
    /// <c>docs/platform-data.md</c>; without probabilities.</summary>
    public async Task<IReadOnlyList<ClosedCase>> FindControlsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return [.. (await connection.QueryAsync<CaseRow>("""
            select certification_id as CertificationId, opened_at as OpenedAt, closed_at as ClosedAt, stream, outcome
            from certification_case where closed_at is not null order by closed_at, id
            """, null, cancellationToken)).Select(row => row.ToClosed())];
    }

    /// <summary>What decisions say of the queue.</summary>
    public async Task<CaseQuality> ReadQualityAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var closed = await connection.QueryAsync<CaseRow>("""
            select stream, outcome, document, opened_at as OpenedAt, closed_at as ClosedAt
            from certification_case where closed_at is not null order by closed_at desc, id limit @MaxQualitySample
            """, new { MaxQualitySample }, cancellationToken);
        var waiting = await connection.ExecuteScalarAsync<long>(
            "select count(*) from certification_case where closed_at is null and opened_at < @before",
            new { before = now.AddDays(-14).ToUnixTimeMilliseconds() }, cancellationToken);
        var acts = (await connection.QueryAsync<(string Action, long Count)>(
            "select action, count(*) from case_event where action in ('case.confirm', 'case.return') group by action",
            null, cancellationToken)).ToDictionary(row => row.Action, row => row.Count);
        return CaseQuality.From([.. closed.Select(row => row.ToClosed())],
            waiting, acts.GetValueOrDefault("case.confirm"), acts.GetValueOrDefault("case.return"));
    }

    /// <summary>Cases about which somebody decided since.</summary>
    /// <param name="since">Exclusive, in UTC.</param>
    public async Task<int> CountAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return (int)await connection.ExecuteScalarAsync<long>(
            "select count(*) from certification_case where decided_at > @since",
            new { since = since.ToUnixTimeMilliseconds() }, cancellationToken);
    }
}
