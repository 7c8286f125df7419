using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Storage;
using Cpf.Ml.Worker.Tests.Fixtures;
using Cpf.Ml.Worker.Transactions;
using static Cpf.Ml.Scoring.Tests.Alerts.Sample;

namespace Cpf.Ml.Worker.Tests.Alerts;

/// <summary>Alerts are written many at once, and read by any number of ids.</summary>
public abstract class IncidentRowsContract(StoreFixture store)
{
    /// <summary>
    /// With twelve columns more values than a statement of either engine may have parameters: 32 766 and 65 535.
    /// </summary>
    private const int Many = 6_001;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(21)]
    [InlineData(Many)]
    public async Task Alerts_written_in_one_batch_are_read_back_unchanged(int count)
    {
        await using var stores = await AlertStores.CreateAsync(store);
        var opened = Assert.Single(Apply(Changes(count, Open)).Revisions);
        await stores.Incidents.ChangeAsync(SaveAsync(opened), Cancel);
        Assert.Equal(StoredJson.Write(opened.After), StoredJson.Write(await stores.SingleAsync()));
        Assert.Equal(count, await stores.CountAsync("incident_event"));

        // Some end: these are written again, the others stay as they are.
        var ended = Assert.Single(Apply(
            [.. Enumerable.Range(0, count).Where(number => number % 3 == 0)
                .Select(number => Close(Alert(0, $"s{number}", closed: 9)))],
            [opened.After]).Revisions);
        await stores.Incidents.ChangeAsync(SaveAsync(ended), Cancel);

        var stored = await stores.SingleAsync();
        Assert.Equal(StoredJson.Write(ended.After), StoredJson.Write(stored));
        Assert.Equal((count + 2) / 3, stored.Alerts.Count(alert => alert.ClosedAt is not null));
    }

    [Fact]
    public async Task Failed_batch_of_alerts_stores_no_incident()
    {
        await using var stores = await AlertStores.CreateAsync(store);
        var opened = Assert.Single(Apply(Changes(50, Open)).Revisions);
        var broken = opened with
        {
            After = opened.After with
            {
                Alerts = opened.After.Alerts.SetItem(45, opened.After.Alerts[45] with { Service = null! }),
            },
        };

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(
            () => stores.Incidents.ChangeAsync(SaveAsync(broken), Cancel));

        Assert.Equal((0, 0), (await stores.CountAsync("incident"), await stores.CountAsync("alert")));
    }

    [Fact]
    public async Task Incident_lookup_takes_more_alert_ids_than_a_statement_has_parameters()
    {
        await using var stores = await AlertStores.CreateAsync(store);
        await stores.ProcessAsync(Open(Alert(0)));
        var known = Assert.Single((await stores.SingleAsync()).Alerts).Id;

        var found = await stores.Incidents.ChangeAsync(
            transaction => transaction.FindConcernedAsync(
                [], [.. Enumerable.Range(0, 70_000).Select(number => $"alert{number}"), known]), Cancel);

        Assert.Equal(known, Assert.Single(found).Alerts[0].Id);
    }

    [Fact]
    public async Task Hour_block_lookup_takes_more_series_than_a_statement_has_parameters()
    {
        await using var stores = await AlertStores.CreateAsync(store);
        var blocks = new PointBlockStore(stores.Database);
        await blocks.WriteAsync([new(-5, 3_600_000, [1, 2]), new(long.MaxValue, 7_200_000, [3])], Cancel);

        var found = await blocks.FindAsync(
            [
                .. Enumerable.Range(0, 70_000).Select(number => ((long)number, 3_600_000L)),
                (-5, 3_600_000),
                (long.MaxValue, 7_200_000),
            ], Cancel);

        Assert.Equal(
            [(-5L, 3_600_000L), (long.MaxValue, 7_200_000L)],
            found.OrderBy(block => block.SeriesId).Select(block => (block.SeriesId, block.Hour)));
    }

    private static AlertChange[] Changes(int count, Func<Alert, AlertChange> change) =>
        [.. Enumerable.Range(0, count).Select(number => change(Alert(0, $"s{number}")))];

    private static Func<IncidentTransaction, Task<bool>> SaveAsync(IncidentRevision revision) => async transaction =>
    {
        await transaction.SaveAsync(revision);
        return true;
    };
}

public sealed class IncidentRowsOnSqlite(SqliteStore store) : IncidentRowsContract(store), IClassFixture<SqliteStore>;

public sealed class IncidentRowsOnPostgres(PostgresStore store)
    : IncidentRowsContract(store), IClassFixture<PostgresStore>;
