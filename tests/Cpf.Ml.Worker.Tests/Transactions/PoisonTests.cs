using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Transactions;

namespace Cpf.Ml.Worker.Tests.Transactions;

public sealed class PoisonTests
{
    [Fact]
    public async Task A_sample_that_the_scoring_fails_on_holds_up_no_other_and_is_not_asked_for_again()
    {
        await using var host = await WatchedHost.StartAsync();

        // Stands for a fault of the service that only one series meets: no detector is of such a kind.
        var good = WatchedHost.Target("dossiers", 1);
        var poison = new SeriesTarget(WatchedHost.Target("dossiers").Identity, (MetricKind)99, "", "dossiers");

        await host.SendAsync(0, 5, level: 10, poison, good);
        await host.SendAsync(5, 10, level: 10, good);

        Assert.Equal(
            WatchedHost.Start.AddMinutes(9).ToUnixTimeMilliseconds(),
            host.Get<Estate>().Find(good.Identity.Id)?.LastTimestamp);
        Assert.Equal(5, host.Get<TransactionsMetrics>().PointsFailed.Value);
    }
}
