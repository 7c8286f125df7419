using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Tests.Alerts;
using Cpf.Ml.Worker.Transactions;

namespace Cpf.Ml.Worker.Tests.Transactions;

/// <summary>The number of false alerts that operators accept, from their hand to the alerts that open.</summary>
public sealed class BudgetTests
{
    private const int Days = 6;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Larger_budget_opens_more_alerts_on_the_same_points()
    {
        var few = await AlertsOfNoiseAsync(perDay: 0.01);
        var many = await AlertsOfNoiseAsync(perDay: 1_000);

        Assert.Equal(0, few);
        Assert.InRange(many, few + 2, 100 * Days);
    }

    [Fact]
    public async Task Budget_is_shared_among_the_points_of_all_series()
    {
        await using var host = await WatchedHost.StartAsync(WatchedHost.ClockAt(Days * 1440));
        var share = host.Get<AlertsPerPoint>();
        await host.SendDaysAsync(0, 2, level: 10, WatchedHost.Target("dossiers"));
        share.Refresh(host.Get<Partitions>().Series);
        Assert.Equal(0.01 / 1440, share.Value, 1e-8);

        await host.SendDaysAsync(
            2, 4, level: 10, [.. Enumerable.Range(0, 4).Select(number => WatchedHost.Target("dossiers", number))]);
        share.Refresh(host.Get<Partitions>().Series);
        Assert.Equal(0.01 / (4 * 1440), share.Value, 1e-8);

        await host.Get<AlertBudget>().SetAsync(2, AlertStores.Alice, Cancel);
        Assert.Equal(2.0 / (4 * 1440), share.Value, 1e-5);
    }

    private static async Task<int> AlertsOfNoiseAsync(double perDay)
    {
        await using var host = await WatchedHost.StartAsync(WatchedHost.ClockAt(Days * 1440));
        await host.Get<AlertBudget>().SetAsync(perDay, AlertStores.Alice, Cancel);
        await host.SendDaysAsync(0, Days, level: 10, WatchedHost.Target("dossiers"));
        return (await host.AlertsAsync()).Count;
    }
}
