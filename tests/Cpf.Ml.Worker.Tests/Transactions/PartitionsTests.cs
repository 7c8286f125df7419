using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Storage;
using Cpf.Ml.Worker.Tests.Fixtures;
using Cpf.Ml.Worker.Transactions;

namespace Cpf.Ml.Worker.Tests.Transactions;

public sealed class PartitionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task State_of_a_series_is_in_the_partition_of_its_id_and_in_no_other()
    {
        await using var host = await WatchedHost.StartAsync(
            WatchedHost.ClockAt(60), settings: new() { ["Ingest:Partitions"] = "4" });
        var targets = Enumerable.Range(0, 40).Select(i => WatchedHost.Target("dossiers", i)).ToArray();

        await Task.WhenAll(targets.Chunk(5).Select(
            (some, sender) => host.SendEveryAsync(1, 0, 60, 10, $"sender-{sender}", some)));

        var partitions = host.Get<Partitions>();
        Assert.All(targets, target => Assert.Equal(
            [partitions.Of(target.Identity.Id)],
            partitions.All.Where(partition => partition.Find(target.Identity.Id) is not null)));
        Assert.Equal(targets.Length, partitions.Series.Count());
    }

    [Fact]
    public async Task Series_whose_state_cannot_be_read_is_not_admitted_and_starts_cold()
    {
        var target = WatchedHost.Target("dossiers");
        await using (var first = await StartAsync())
        {
            await first.SendAsync(0, 10, level: 10, target);
        }

        await DamageAsync();
        await using var second = await StartAsync();
        Assert.Null(second.Get<SeriesCatalog>().Find(target.Identity.Id));

        await second.SendAsync(10, 13, level: 10, target);
        Assert.Equal(3, second.StateOf(target.Identity).Monitor.Detector.Count);
    }

    public void Dispose() => _folder.Dispose();

    private string Path => _folder.In("worker.db");

    private Task<WatchedHost> StartAsync() => WatchedHost.StartAsync(WatchedHost.ClockAt(60), Path);

    private async Task DamageAsync()
    {
        await using var database = new Database(new StorageSettings { Path = Path });
        var store = new SeriesStateStore(database, TimeProvider.System);
        var row = Assert.Single(await store.ReadAsync(Cancel).ToListAsync(Cancel));
        await store.WriteAsync([row with { State = row.State[..100] }], Cancel);
    }
}
