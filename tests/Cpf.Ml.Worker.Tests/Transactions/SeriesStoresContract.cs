using Cpf.Ml.Worker.Tests.Fixtures;
using Cpf.Ml.Worker.Transactions;
using Dapper;

namespace Cpf.Ml.Worker.Tests.Transactions;

/// <summary>What the stores of series, states and points promise on either engine.</summary>
public abstract class SeriesStoresContract(StoreFixture fixture)
{
    private readonly SeriesStateStore _states = new(fixture.Database, TimeProvider.System);
    private readonly PointBlockStore _blocks = new(fixture.Database);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Newer_state_replaces_the_stored_one()
    {
        await _states.WriteAsync([Series(1, [1, 2, 3]), Series(2, [9])], Cancel);
        await _states.WriteAsync([Series(1, [4, 5])], Cancel);

        var found = await _states.ReadAsync(Cancel).ToListAsync(Cancel);
        Assert.Equal([4, 5], found.Single(row => row.Id == 1).State);
        Assert.Equal([9], found.Single(row => row.Id == 2).State);
        Assert.Equal(Series(1, []) with { State = found[0].State }, found[0]);
    }

    [Fact]
    public async Task Changed_kind_unit_and_service_replace_the_stored_ones()
    {
        await _states.WriteAsync([Series(3, [1])], Cancel);
        var changed = Series(3, [2]) with { Kind = "Volume", Unit = "1/min", Service = "achat" };
        await _states.WriteAsync([changed], Cancel);

        var found = (await _states.ReadAsync(Cancel).ToListAsync(Cancel)).Single(row => row.Id == 3);
        Assert.Equal(changed with { State = found.State }, found);
    }

    [Fact]
    public async Task Forgotten_series_keeps_its_name_while_it_has_points()
    {
        await _states.WriteAsync([Series(11, [1]), Series(12, [1]), Series(13, [1])], Cancel);
        await _blocks.WriteAsync([new PointBlock(11, 3_600_000, [1])], Cancel);
        await _states.ForgetAsync([11, 12], Cancel);
        await _states.ForgetNamesAsync(Cancel);

        Assert.Equal(
            [13L],
            (await _states.ReadAsync(Cancel).ToListAsync(Cancel)).Select(row => row.Id)
                .Where(id => id is >= 11 and <= 13));
        await using var connection = await fixture.Database.OpenAsync(Cancel);
        Assert.Equal(
            [11L, 13L],
            await connection.QueryAsync<long>("select id from series where id between 11 and 13 order by id"));
    }

    [Fact]
    public async Task Hour_block_written_twice_is_stored_once()
    {
        await _blocks.WriteAsync([new PointBlock(7, 3_600_000, [1])], Cancel);
        await _blocks.WriteAsync([new PointBlock(7, 3_600_000, [2])], Cancel);

        Assert.Equal([2], Assert.Single(await _blocks.ReadAsync([new(7, 0, 7_200_000)], Cancel)).Points);
    }

    [Fact]
    public async Task Hour_blocks_are_read_in_order_and_of_one_series_only()
    {
        await _blocks.WriteAsync(
            [new PointBlock(8, 7_200_000, [2]), new PointBlock(8, 3_600_000, [1]), new PointBlock(9, 3_600_000, [3])],
            Cancel);

        var found = await _blocks.ReadAsync([new(8, 3_600_000, 7_200_001)], Cancel);
        Assert.Equal([3_600_000, 7_200_000], found.Select(block => block.Hour));
    }

    [Fact]
    public async Task Hour_block_in_two_windows_is_read_once()
    {
        await _blocks.WriteAsync([new(21, 0, [1]), new(21, 3_600_000, [2]), new(22, 0, [3]), new(23, 0, [4])], Cancel);

        var found = await _blocks.ReadAsync(
            [new(21, 0, 3_600_001), new(21, 3_600_000, 7_200_000), new(22, 0, 1), new(23, 1, 9)], Cancel);

        Assert.Equal([(21, 0), (21, 3_600_000), (22, 0)], found.Select(block => (block.SeriesId, block.Hour)));
        Assert.Empty(await _blocks.ReadAsync([], Cancel));
    }

    [Fact]
    public async Task Single_hour_blocks_are_found_however_many_are_requested()
    {
        await _blocks.WriteAsync(
            [.. Enumerable.Range(0, 1_500).Select(series => new PointBlock(100 + series, 3_600_000, [(byte)series]))],
            Cancel);
        await _blocks.WriteAsync([new PointBlock(100, 7_200_000, [1])], Cancel);

        var found = await _blocks.FindAsync(
            [.. Enumerable.Range(0, 1_600).Select(series => (100L + series, 3_600_000L))], Cancel);

        Assert.Equal(Enumerable.Range(100, 1_500), found.Select(block => (int)block.SeriesId).Order());
        Assert.All(
            found, block => Assert.Equal((3_600_000, (byte)(block.SeriesId - 100)), (block.Hour, block.Points[0])));
        Assert.Empty(await _blocks.FindAsync([], Cancel));
    }

    [Fact]
    public async Task Hour_blocks_before_the_limit_are_deleted()
    {
        await _blocks.WriteAsync([new PointBlock(10, 3_600_000, [1]), new PointBlock(10, 7_200_000, [2])], Cancel);
        await _blocks.ForgetAsync(7_200_000, Cancel);

        Assert.Equal(7_200_000, Assert.Single(await _blocks.ReadAsync([new(10, 0, long.MaxValue)], Cancel)).Hour);
    }

    private static StoredSeries Series(long id, byte[] state) =>
        new(id, $"key{id}", "sign_in", "{\"region\":\"11\"}", "Duration", "s", "compte", "transactions@1", state);
}

public sealed class SeriesStoresOnSqlite(SqliteStore store) : SeriesStoresContract(store), IClassFixture<SqliteStore>;

public sealed class SeriesStoresOnPostgres(PostgresStore store)
    : SeriesStoresContract(store), IClassFixture<PostgresStore>;
