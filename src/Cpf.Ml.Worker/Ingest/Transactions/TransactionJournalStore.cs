using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Ingest.Transactions;

/// <param name="Id">Id of the request: the same id, the same events.</param>
/// <param name="ReceivedAt">Unix milliseconds.</param>
/// <param name="Until">When the last of its events ended, Unix milliseconds.</param>
/// <param name="Lines">NDJSON, gzip.</param>
internal sealed record JournalEntry(string Id, long ReceivedAt, long Until, byte[] Lines);

/// <summary>Journal of requests whose events are in no checkpoint yet: after a kill they are counted again.</summary>
internal sealed class TransactionJournalStore(Database database)
{
    /// <summary>Writes the entry, unless it is there already.</summary>
    public async Task AddAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(
            """
            insert into transaction_journal (id, received_at, until, lines) values (@Id, @ReceivedAt, @Until, @Lines)
            on conflict (id) do nothing
            """,
            entry,
            cancellationToken);
    }

    /// <summary>Every entry in the order of receipt, one at a time.</summary>
    public async IAsyncEnumerable<JournalEntry> ReadAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = connection.QueryUnbufferedAsync<JournalEntry>(
            "select id as Id, received_at as ReceivedAt, until as Until, lines as Lines from transaction_journal order "
                + "by received_at, id", cancellationToken);
        await foreach (var row in rows)
        {
            yield return row;
        }
    }

    /// <summary>Deletes requests whose last event ended before an instant, Unix milliseconds.</summary>
    public async Task DeleteBeforeAsync(long before, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(
            "delete from transaction_journal where until < @before",
            new { before }, cancellationToken);
    }
}
