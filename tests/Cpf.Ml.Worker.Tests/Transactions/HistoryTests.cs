namespace Cpf.Ml.Worker.Tests.Transactions;

public sealed class HistoryTests
{
    private const int Warm = 3 * 1440;

    [Fact]
    public async Task History_teaches_and_alerts_nobody()
    {
        await using var host = await WatchedHost.StartAsync();
        var series = WatchedHost.Target("dossiers");
        series.AlertsFrom = WatchedHost.Start.AddMinutes(Warm + 120).ToUnixTimeMilliseconds();

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
    public async Task An_alert_that_people_know_of_is_closed_by_history_too()
    {
        await using var host = await WatchedHost.StartAsync();
        var series = WatchedHost.Target("dossiers");
        await host.SendAsync(0, Warm, level: 10, series);
        await host.SendAsync(Warm, Warm + 20, level: 90, series);
        Assert.Null(Assert.Single(await host.AlertsAsync()).ClosedAt);

        // The source was away for hours: what it missed comes as history, and everything is well again.
        var missed = WatchedHost.Target("dossiers");
        missed.AlertsFrom = WatchedHost.Start.AddMinutes(Warm + 300).ToUnixTimeMilliseconds();
        await host.SendAsync(Warm + 20, Warm + 290, level: 10, missed);

        Assert.NotNull(Assert.Single(await host.AlertsAsync()).ClosedAt);
    }

    [Fact]
    public async Task What_began_in_history_and_still_lasts_is_an_alert_since_it_began()
    {
        await using var host = await WatchedHost.StartAsync();
        var series = WatchedHost.Target("dossiers");
        series.AlertsFrom = WatchedHost.Start.AddMinutes(Warm + 10).ToUnixTimeMilliseconds();

        await host.SendAsync(0, Warm, level: 10, series);
        await host.SendAsync(Warm, Warm + 10, level: 90, series);
        Assert.Empty(await host.AlertsAsync());

        await host.SendAsync(Warm + 10, Warm + 12, level: 90, series);
        var alert = Assert.Single(await host.AlertsAsync());
        Assert.Equal(WatchedHost.Start.AddMinutes(Warm), alert.OpenedAt);
    }
}
