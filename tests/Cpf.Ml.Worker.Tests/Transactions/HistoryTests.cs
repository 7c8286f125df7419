namespace Cpf.Ml.Worker.Tests.Transactions;

public sealed class HistoryTests
{
    private const int Warm = 3 * 1440;

    [Fact]
    public async Task History_trains_the_detector_and_opens_no_alert()
    {
        await using var host = await WatchedHost.StartAsync();
        var series = WatchedHost.Target("dossiers", alertsFrom: WatchedHost.Start.AddMinutes(Warm + 120));

        await host.SendAsync(0, Warm, level: 10, series);
        await host.SendAsync(Warm, Warm + 20, level: 90, series);
        await host.SendAsync(Warm + 20, Warm + 120, level: 10, series);
        Assert.Empty(await host.AlertsAsync());

        await host.SendAsync(Warm + 120, Warm + 180, level: 10, series);
        await host.SendAsync(Warm + 180, Warm + 200, level: 90, series);
        var alert = Assert.Single(await host.AlertsAsync());
        Assert.Equal(WatchedHost.Start.AddMinutes(Warm + 180), alert.OpenedAt);
    }

    [Fact]
    public async Task History_closes_an_alert_that_was_notified()
    {
        await using var host = await WatchedHost.StartAsync();
        var series = WatchedHost.Target("dossiers");
        await host.SendAsync(0, Warm, level: 10, series);
        await host.SendAsync(Warm, Warm + 20, level: 90, series);
        Assert.Null(Assert.Single(await host.AlertsAsync()).ClosedAt);

        // The source was away for hours: what it missed comes as history, and everything is well again.
        var missed = WatchedHost.Target("dossiers", alertsFrom: WatchedHost.Start.AddMinutes(Warm + 300));
        await host.SendAsync(Warm + 20, Warm + 290, level: 10, missed);

        Assert.NotNull(Assert.Single(await host.AlertsAsync()).ClosedAt);
    }

    [Fact]
    public async Task Deviation_that_began_in_history_and_lasts_opens_an_alert_from_its_begin()
    {
        await using var host = await WatchedHost.StartAsync();
        var series = WatchedHost.Target("dossiers", alertsFrom: WatchedHost.Start.AddMinutes(Warm + 10));

        await host.SendAsync(0, Warm, level: 10, series);
        await host.SendAsync(Warm, Warm + 10, level: 90, series);
        Assert.Empty(await host.AlertsAsync());

        await host.SendAsync(Warm + 10, Warm + 12, level: 90, series);
        var alert = Assert.Single(await host.AlertsAsync());
        Assert.Equal(WatchedHost.Start.AddMinutes(Warm), alert.OpenedAt);
    }
}
