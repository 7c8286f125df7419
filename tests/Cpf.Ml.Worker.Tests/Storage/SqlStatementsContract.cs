using Cpf.Ml.Worker.Storage;
using Cpf.Ml.Worker.Tests.Fixtures;

namespace Cpf.Ml.Worker.Tests.Storage;

public abstract class SqlStatementsContract(StoreFixture store)
{
    private const string Insert =
        "insert into setting (name, value, changed_by, changed_at) values (@name, '1', 'test', 0)";

    private const string Count = "select count(*) from setting where name = @name";

    protected StoreFixture Store { get; } = store;

    [Fact]
    public async Task Cancelled_statement_changes_nothing()
    {
        await using var connection = await Store.Database.OpenAsync(TestContext.Current.CancellationToken);
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => connection.ExecuteAsync(Insert, new { name = "cancelled" }, cancelled));

        Assert.Equal(0, await connection.ExecuteScalarAsync<long>(
            Count, new { name = "cancelled" }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Transaction_with_a_cancelled_statement_keeps_nothing()
    {
        await using var connection = await Store.Database.OpenAsync(TestContext.Current.CancellationToken);
        using var caller = new CancellationTokenSource();
        await using (var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await connection.ExecuteAsync(Insert, new { name = "first" }, caller.Token, transaction);
            await caller.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => SqlRows.InsertAsync(transaction, "setting (name, value, changed_by, changed_at)", "",
                    [["second", "1", "test", 0L]], caller.Token));
        }

        Assert.Equal(0, await connection.ExecuteScalarAsync<long>(
            Count, new { name = "first" }, TestContext.Current.CancellationToken));
    }
}

public sealed class SqlStatementsOnSqlite(SqliteStore store)
    : SqlStatementsContract(store), IClassFixture<SqliteStore>;

public sealed class SqlStatementsOnPostgres(PostgresStore store)
    : SqlStatementsContract(store), IClassFixture<PostgresStore>
{
    [Fact]
    public async Task Running_statement_ends_when_its_caller_cancels()
    {
        await using var connection = await Store.Database.OpenAsync(TestContext.Current.CancellationToken);
        using var caller = new CancellationTokenSource();

        var running = connection.ExecuteScalarAsync<string>("select pg_sleep(600)", null, caller.Token);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>(
            "select 1", null, TestContext.Current.CancellationToken));
    }
}
