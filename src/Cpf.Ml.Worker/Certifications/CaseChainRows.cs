using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Certifications;

/// <summary>Every view and act on cases, as lines of which each holds the SHA-256 of the one before:
/// altered, removed and moved lines are found.</summary>
internal static class CaseChainRows
{
    /// <summary>Adds a line, in the transaction of what it records. Writers wait for each other at the row of the
    /// newest line.</summary>
    public static async Task AddAsync(
        DbTransaction transaction, string caseId, DateTimeOffset at,
        string actor, string action, string detail, CancellationToken cancellationToken)
    {
        var connection = transaction.Connection!;
        await connection.ExecuteAsync(
            "update case_chain set sequence = sequence + 1 where id = 1", null, cancellationToken, transaction);
        var head = await connection.QuerySingleAsync<Head>(
            "select sequence, hash from case_chain where id = 1", null, cancellationToken, transaction);
        var line = new CaseEvent(head.Sequence, caseId, at, actor, action, detail, head.Hash, "");
        line = line with { Hash = HashOf(line) };
        await connection.ExecuteAsync(
            "insert into case_event (sequence, case_id, at, actor, action, detail, previous, hash) values (@Sequence, "
                + "@CaseId, @At, @Actor, @Action, @Detail, @Previous, @Hash)",
            new
            {
                line.Sequence,
                line.CaseId,
                At = line.At.ToUnixTimeMilliseconds(),
                line.Actor,
                line.Action,
                line.Detail,
                line.Previous,
                line.Hash
            },
            cancellationToken,
            transaction);
        await connection.ExecuteAsync(
            "update case_chain set hash = @Hash where id = 1", new { line.Hash }, cancellationToken, transaction);
    }

    /// <returns>The lines of a case in order, or all of them.</returns>
    public static async Task<IReadOnlyList<CaseEvent>> ReadAsync(
        DbConnection connection, string? caseId, CancellationToken cancellationToken) =>
        [.. (await connection.QueryAsync<Row>(
        "select sequence, case_id as CaseId, at, actor, action, detail, previous, hash from case_event where "
            + "cast(@caseId as text) is null or case_id = @caseId order by sequence",
        new { caseId },
        cancellationToken)).Select(row => row.ToEvent())];

    /// <returns>What is wrong, a sentence each; empty when every line is as it was written.</returns>
    public static async Task<IReadOnlyList<string>> VerifyAsync(
        DbConnection connection, CancellationToken cancellationToken)
    {
        var (wrong, expected, previous) = (new List<string>(), 1L, "");
        foreach (var line in await ReadAsync(connection, null, cancellationToken))
        {
            if (line.Sequence != expected)
            {
                wrong.Add(string.Create(CultureInfo.InvariantCulture, $"Line {expected} is missing."));
            }

            if (line.Previous != previous || line.Hash != HashOf(line))
            {
                wrong.Add(string.Create(CultureInfo.InvariantCulture,
                    $"Line {line.Sequence} is not as it was written, or not where it was."));
            }

            (expected, previous) = (line.Sequence + 1, line.Hash);
        }

        var head = await connection.QuerySingleAsync<Head>(
            "select sequence, hash from case_chain where id = 1", null, cancellationToken);
        if (head.Sequence != expected - 1 || head.Hash != previous)
        {
            wrong.Add(string.Create(CultureInfo.InvariantCulture,
                $"The last line should be {head.Sequence}; lines are missing at the end."));
        }

        return wrong;
    }

    private static string HashOf(CaseEvent line) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n', line.Previous, line.Sequence.ToString(CultureInfo.InvariantCulture),
        line.CaseId, line.At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        line.Actor, line.Action, line.Detail))));

    private sealed class Head
    {
        public long Sequence { get; init; }

        public string Hash { get; init; } = "";
    }

    private sealed class Row
    {
        public long Sequence { get; init; }

        public string CaseId { get; init; } = "";

        public long At { get; init; }

        public string Actor { get; init; } = "";

        public string Action { get; init; } = "";

        public string Detail { get; init; } = "";

        public string Previous { get; init; } = "";

        public string Hash { get; init; } = "";

        public CaseEvent ToEvent() =>
            new(Sequence, CaseId, DateTimeOffset.FromUnixTimeMilliseconds(At), Actor, Action, Detail, Previous, Hash);
    }
}
