using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Transactions;

namespace Cpf.Ml.Worker.Tests.Transactions;

public sealed class PoisonTests
{
    [Fact]
    public async Task Sample_that_fails_to_score_is_acknowledged_and_blocks_no_other()
    {
        await using var host = await WatchedHost.StartAsync();

        // Stands for a fault of the service that only one series meets: no detector is of such a kind.
        var good = WatchedHost.Target("dossiers", 1);
        var poison = new SeriesTarget(WatchedHost.Target("dossiers").Series with { Kind = (MetricKind)99 });

        await host.SendAsync(0, 5, level: 10, poison, good);
        await host.SendAsync(5, 10, level: 10, good);

        Assert.Equal(
            WatchedHost.Start.AddMinutes(9).ToUnixTimeMilliseconds(),
            host.Get<Estate>().Find(good.Identity.Id)?.LastTimestamp);
        Assert.Equal(5, host.Get<TransactionsMetrics>().PointsFailed.Value);
    }
}
