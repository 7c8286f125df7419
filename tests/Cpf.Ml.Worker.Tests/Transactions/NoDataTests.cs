using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Transactions;

namespace Cpf.Ml.Worker.Tests.Transactions;

public sealed class NoDataTests
{
    private const int Warm = (2 * 1440) + 60;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Series_that_stops_has_a_no_data_alert_until_it_is_back()
    {
        await using var host = await WatchedHost.StartAsync();
        var (stops, goesOn) = (WatchedHost.Target("dossiers"), WatchedHost.Target("dossiers", 1));
        await host.SendAsync(0, Warm, level: 10, stops, goesOn);
        await host.SendAsync(Warm, Warm + 3, level: 10, goesOn);
        await host.Get<NoDataWatch>().CheckAsync(Cancel);
        Assert.Empty(await host.AlertsAsync());

        await host.SendAsync(Warm + 3, Warm + 7, level: 10, goesOn);
        await host.Get<NoDataWatch>().CheckAsync(Cancel);
        await host.Get<NoDataWatch>().CheckAsync(Cancel);

        var alert = Assert.Single(await host.AlertsAsync());
        Assert.Equal(
            (AlertRules.NoData, "queue_depth (q0)", WatchedHost.Start.AddMinutes(Warm - 1), null),
            (alert.Rule, alert.SeriesName.Fr, alert.OpenedAt, alert.ClosedAt));
        Assert.Contains("aucune donnée", alert.Document.Sentence.Fr, StringComparison.Ordinal);
        Assert.Contains("no data", alert.Document.Sentence.En, StringComparison.Ordinal);

        await host.SendAsync(Warm + 7, Warm + 8, level: 10, stops, goesOn);
        await host.Get<NoDataWatch>().CheckAsync(Cancel);

        alert = Assert.Single(await host.AlertsAsync());
        Assert.Equal(WatchedHost.Start.AddMinutes(Warm + 8), alert.ClosedAt);
    }

    [Fact]
    public async Task Service_that_stops_has_one_no_data_alert()
    {
        await using var host = await WatchedHost.StartAsync();
        await host.SendAsync(
            0,
            Warm,
            level: 10,
            WatchedHost.Target("dossiers"),
            WatchedHost.Target("dossiers", 1),
            WatchedHost.Target("dossiers", 2));
        host.Time.Advance(TimeSpan.FromMinutes(10));

        await host.Get<NoDataWatch>().CheckAsync(Cancel);

        var alert = Assert.Single(await host.AlertsAsync());
        Assert.Equal((AlertRules.NoData, "service:dossiers"), (alert.Rule, alert.SeriesId));
    }
}
