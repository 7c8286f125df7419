using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Transactions;

namespace Cpf.Ml.Worker.Tests.Transactions;

/// <summary>
/// After a kill a series is as its last checkpoint has it, while people were notified of what came after: the store
/// knows, and nobody is notified twice.
/// </summary>
public sealed class AlertsOverKillTests
{
    /// <summary>Minute in which all is over.</summary>
    private const int End = 600;

    /// <summary>The first alert is closed by then.</summary>
    private const int Calm = 180;

    /// <summary>Alerts of a run without a kill; one for all tests.</summary>
    private static readonly Lazy<Task<List<(string Id, int Opened, int? Closed)>>> Uninterrupted = new(async () =>
    {
        await using var host = await KilledHost.StartAsync();
        await host.SendAsync(0, End, IsAnomalous);
        return await host.AlertsAsync();
    });

    /// <summary>Anomalous minutes of the stream: from 0 on, and later again.</summary>
    private static bool IsAnomalous(int minute) => minute is (>= 0 and < 20) or (>= 300 and < 320);

    /// <param name="checkpoint">Minute of the checkpoint that the kill leaves.</param>
    /// <param name="killed">Minute of the kill: everything before it was acknowledged.</param>
    [Theory]
    [InlineData("opened", 0, 8)]
    [InlineData("opened in the middle of its onset", 1, 8)]
    [InlineData("went on", 8, 16)]
    [InlineData("closed", 8, Calm)]
    [InlineData("opened and closed", 0, Calm)]
    public async Task Points_repeated_after_a_kill_give_the_alerts_of_an_uninterrupted_run(
        string what, int checkpoint, int killed)
    {
        await using var host = await RunAsync(checkpoint, killed);
        var (alerts, notifications) = (await host.AlertsAsync(), await host.NotificationsAsync());

        await host.SendAsync(checkpoint, killed, IsAnomalous);

        Assert.Equal(alerts, await host.AlertsAsync());
        Assert.True(notifications == await host.NotificationsAsync(),
            $"The alert {what} after the checkpoint: people were notified twice.");
        await host.SendAsync(killed, End, IsAnomalous);
        Assert.Equal(await Uninterrupted.Value, await host.AlertsAsync());
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(1, 8)]
    [InlineData(8, Calm)]
    [InlineData(0, Calm)]
    public async Task Alerts_stay_as_notified_after_a_kill_without_repetition_and_the_next_one_opens(
        int checkpoint, int killed)
    {
        await using var host = await RunAsync(checkpoint, killed);
        var known = Assert.Single(await host.AlertsAsync());

        await host.SendAsync(killed, End, IsAnomalous);

        await AssertGoesOnAsync(host, known);
    }

    /// <param name="from">First anomalous minute of what is repeated.</param>
    /// <param name="to">The minute after the last one.</param>
    [Theory]
    [InlineData(0, 8, 2, 20)]
    [InlineData(0, 8, 5, 20)]
    [InlineData(0, 8, 20, 20)]
    [InlineData(8, Calm, 8, Calm)]
    [InlineData(8, Calm, 8, 9)]
    [InlineData(0, Calm, 3, Calm)]
    [InlineData(0, Calm, 30, Calm)]
    [InlineData(0, Calm, Calm, Calm)]
    public async Task Alerts_stay_as_notified_after_a_kill_with_other_points_and_the_next_one_opens(
        int checkpoint, int killed, int from, int to)
    {
        await using var host = await RunAsync(checkpoint, killed);
        var (known, notifications) = (Assert.Single(await host.AlertsAsync()), await host.NotificationsAsync());

        // Up to the last notification; after that, points are news.
        var until = KilledHost.Minute(Assert.Single(await host.Host.AlertsAsync()).UpdatedAt) + 1;
        await host.SendAsync(checkpoint, until, minute => minute >= from && minute < to);

        Assert.Equal(
            (known, notifications), (Assert.Single(await host.AlertsAsync()), await host.NotificationsAsync()));
        await host.SendAsync(until, End, IsAnomalous);
        await AssertGoesOnAsync(host, known);
    }

    [Fact]
    public async Task Second_kill_while_points_are_repeated_changes_no_alert()
    {
        await using var host = await RunAsync(checkpoint: 0, killed: Calm);

        await host.SendAsync(0, 12, IsAnomalous);
        var second = await host.CheckpointAsync();
        await host.SendAsync(12, 30, IsAnomalous);
        await host.GoBackAsync(second);
        await host.SendAsync(12, End, IsAnomalous);

        Assert.Equal(await Uninterrupted.Value, await host.AlertsAsync());
    }

    [Theory]
    [InlineData(0, 8, true)]
    [InlineData(8, Calm, false)]
    public async Task Series_without_another_point_after_a_kill_is_shown_as_notified(
        int checkpoint, int killed, bool isAlerting)
    {
        await using var host = await RunAsync(checkpoint, killed);

        Assert.Equal(isAlerting, host.Host.Get<Estate>().Find(host.Series.Identity.Id)!.AlertOpen);
        Assert.Equal(isAlerting, host.State.Known is not null);
    }

    [Fact]
    public async Task Kind_change_after_a_kill_closes_the_notified_alert()
    {
        await using var host = await RunAsync(checkpoint: 0, killed: 8);

        await host.SendAsync(
            8, 9, IsAnomalous, new SeriesTarget(host.Series.Series with { Kind = MetricKind.Volume }));

        Assert.Equal(8, Assert.Single(await host.AlertsAsync()).Closed);
    }

    [Fact]
    public async Task Deviation_that_began_in_history_before_a_restart_opens_an_alert_from_its_begin()
    {
        await using var host = await KilledHost.StartAsync();
        var history = WatchedHost.Target("dossiers", alertsFrom: KilledHost.At(6));
        await host.SendAsync(0, 6, IsAnomalous, history);
        Assert.Empty(await host.AlertsAsync());

        await host.GoBackAsync(await host.CheckpointAsync());
        await host.SendAsync(6, 8, IsAnomalous);

        Assert.Equal(0, Assert.Single(await host.AlertsAsync()).Opened);
    }

    /// <summary>Runs to the kill, and starts again from the checkpoint.</summary>
    private static async Task<KilledHost> RunAsync(int checkpoint, int killed)
    {
        var host = await KilledHost.StartAsync();
        await host.SendAsync(0, checkpoint, IsAnomalous);
        var saved = await host.CheckpointAsync();
        await host.SendAsync(checkpoint, killed, IsAnomalous);
        await host.GoBackAsync(saved);
        return host;
    }

    /// <summary>The notified alert has its end, and what comes later is an alert of its own.</summary>
    private static async Task AssertGoesOnAsync(KilledHost host, (string Id, int Opened, int? Closed) known)
    {
        var alerts = await host.AlertsAsync();
        Assert.Equal(2, alerts.Count);
        Assert.Equal((known.Id, known.Opened), (alerts[0].Id, alerts[0].Opened));
        Assert.InRange(alerts[0].Closed ?? 0, known.Closed ?? 29, known.Closed ?? Calm);
        Assert.Equal(300, alerts[1].Opened);
        Assert.NotNull(alerts[1].Closed);
    }
}
