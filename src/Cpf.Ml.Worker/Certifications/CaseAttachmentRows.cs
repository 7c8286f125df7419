using System.Data.Common;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Certifications;

/// <summary>Documents of cases as rows.</summary>
internal static class CaseAttachmentRows
{
    public static async Task<IReadOnlyList<CaseAttachment>> ReadAsync(
        DbConnection connection, string caseId, CancellationToken cancellationToken) =>
        [.. (await connection.QueryAsync<Row>(
        "select number, name, length(content) as Size, sha256, added_by as AddedBy, added_at as AddedAt from "
            + "case_attachment where case_id = @caseId order by number", new { caseId }, cancellationToken))
            .Select(row => row.ToAttachment())];

    /// <returns>Null where there is none of this number, or it was forgotten.</returns>
    public static async Task<(string Name, byte[] Content)?> ReadAsync(
        DbConnection connection, string caseId, long number, CancellationToken cancellationToken) =>
        await connection.QuerySingleOrDefaultAsync<Row>("select name, content from case_attachment where case_id = "
            + "@caseId and number = @number", new { caseId, number }, cancellationToken) is { } row
            ? (row.Name, row.Content) : null;

    /// <summary>Adds a document in the transaction of the line that records it.</summary>
    public static Task AddAsync(
        DbTransaction transaction, string caseId, CaseAttachment attachment, byte[] content,
        CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(
        """
        insert into case_attachment (case_id, number, name, sha256, content, added_by, added_at)
        select @caseId, coalesce(max(number), 0) + 1, @Name, @Sha256, @content, @AddedBy, @at
        from case_attachment where case_id = @caseId
        """,
        new
        {
            caseId,
            attachment.Name,
            attachment.Sha256,
            content,
            attachment.AddedBy,
            at = attachment.AddedAt.ToUnixTimeMilliseconds()
        },
        cancellationToken,
        transaction);

    private sealed class Row
    {
        public long Number { get; init; }

        public string Name { get; init; } = "";

        public long Size { get; init; }

        public string Sha256 { get; init; } = "";

        public byte[] Content { get; init; } = [];

        public string AddedBy { get; init; } = "";

        public long AddedAt { get; init; }

        public CaseAttachment ToAttachment() =>
            new(Number, Name, Size, Sha256, AddedBy, DateTimeOffset.FromUnixTimeMilliseconds(AddedAt));
    }
}
