using Cpf.Ml.Worker.Storage;
using Cpf.Ml.Worker.Tests.Fixtures;

namespace Cpf.Ml.Worker.Tests.Transactions;

/// <summary>What the stores of series, states and points promise on either engine.</summary>
public abstract class SeriesStoresContract(StoreFixture fixture)
{
    private readonly SeriesStateStore _states = new(fixture.Database, TimeProvider.System);
    private readonly PointBlockStore _blocks = new(fixture.Database);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_newest_state_of_a_series_replaces_the_one_before()
    {
        await _states.WriteAsync([Series(1, [1, 2, 3]), Series(2, [9])], Cancel);
        await _states.WriteAsync([Series(1, [4, 5])], Cancel);

        var found = await _states.ReadAsync(Cancel).ToListAsync(Cancel);
        Assert.Equal([4, 5], found.Single(row => row.Id == 1).State);
        Assert.Equal([9], found.Single(row => row.Id == 2).State);
        Assert.Equal(Series(1, []) with { State = found[0].State }, found[0]);
    }

    [Fact]
    public async Task An_hour_that_is_written_twice_is_kept_once()
    {
        await _blocks.WriteAsync([new PointBlock(7, 3_600_000, [1])], Cancel);
        await _blocks.WriteAsync([new PointBlock(7, 3_600_000, [2])], Cancel);

        Assert.Equal([2], Assert.Single(await _blocks.ReadAsync(7, 0, 7_200_000, Cancel)).Points);
    }

    [Fact]
    public async Task Hours_are_read_in_order_and_of_one_series_only()
    {
        await _blocks.WriteAsync([new PointBlock(8, 7_200_000, [2]), new PointBlock(8, 3_600_000, [1]), new PointBlock(9, 3_600_000, [3])], Cancel);

        var found = await _blocks.ReadAsync(8, 3_600_000, 7_200_001, Cancel);
        Assert.Equal([3_600_000, 7_200_000], found.Select(block => block.Hour));
    }

    [Fact]
    public async Task Single_hours_of_several_series_are_found_however_many_are_asked_for()
    {
        await _blocks.WriteAsync([.. Enumerable.Range(0, 1_500).Select(series => new PointBlock(100 + series, 3_600_000, [(byte)series]))], Cancel);
        await _blocks.WriteAsync([new PointBlock(100, 7_200_000, [1])], Cancel);

        var found = await _blocks.FindAsync([.. Enumerable.Range(0, 1_600).Select(series => (100L + series, 3_600_000L))], Cancel);

        Assert.Equal(Enumerable.Range(100, 1_500), found.Select(block => (int)block.SeriesId).Order());
        Assert.All(found, block => Assert.Equal((3_600_000, (byte)(block.SeriesId - 100)), (block.Hour, block.Points[0])));
        Assert.Empty(await _blocks.FindAsync([], Cancel));
    }

    [Fact]
    public async Task Hours_older_than_asked_are_forgotten()
    {
        await _blocks.WriteAsync([new PointBlock(10, 3_600_000, [1]), new PointBlock(10, 7_200_000, [2])], Cancel);
        await _blocks.ForgetAsync(7_200_000, Cancel);

        Assert.Equal(7_200_000, Assert.Single(await _blocks.ReadAsync(10, 0, long.MaxValue, Cancel)).Hour);
    }

    private static StoredSeries Series(long id, byte[] state) =>
        new(id, $"key{id}", "sign_in", "{\"region\":\"11\"}", "Duration", "s", "compte", state);
}

public sealed class SeriesStoresOnSqlite(SqliteStore store) : SeriesStoresContract(store), IClassFixture<SqliteStore>;

public sealed class SeriesStoresOnPostgres(PostgresStore store) : SeriesStoresContract(store), IClassFixture<PostgresStore>;
