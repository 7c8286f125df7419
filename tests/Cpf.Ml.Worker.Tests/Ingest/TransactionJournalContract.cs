using Cpf.Ml.Worker.Ingest.Transactions;
using Cpf.Ml.Worker.Tests.Fixtures;

namespace Cpf.Ml.Worker.Tests.Ingest;

/// <summary>What the journal promises on either engine.</summary>
public abstract class TransactionJournalContract(StoreFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Journal_entries_are_read_once_in_order_of_receipt_until_deleted()
    {
        var journal = new TransactionJournalStore(fixture.Database);
        await journal.AddAsync(new JournalEntry("a", 2, 100, [1, 2]), Cancel);
        await journal.AddAsync(new JournalEntry("b", 1, 50, [3]), Cancel);
        await journal.AddAsync(new JournalEntry("a", 3, 300, [9]), Cancel);

        var found = await journal.ReadAsync(Cancel).ToListAsync(Cancel);
        Assert.Equal([("b", 1, 50), ("a", 2, 100)], found.Select(entry => (entry.Id, entry.ReceivedAt, entry.Until)));
        Assert.Equal([1, 2], found[1].Lines);

        await journal.DeleteBeforeAsync(100, Cancel);
        Assert.Equal("a", Assert.Single(await journal.ReadAsync(Cancel).ToListAsync(Cancel)).Id);
    }
}

public sealed class TransactionJournalOnSqlite(SqliteStore store)
    : TransactionJournalContract(store), IClassFixture<SqliteStore>;

public sealed class TransactionJournalOnPostgres(PostgresStore store)
    : TransactionJournalContract(store), IClassFixture<PostgresStore>;
