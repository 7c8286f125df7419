using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Tests.Fixtures;
using Cpf.Ml.Worker.Transactions;
using Microsoft.Extensions.Time.Testing;

namespace Cpf.Ml.Worker.Tests.Transactions;

/// <summary>A series that is gone for good makes room, and nobody is told of it for ever.</summary>
public sealed class RetirementTests : IDisposable
{
    private const int Warm = (2 * 1440) + 60;

    /// <summary>Minutes after which these tests have a series forgotten.</summary>
    private const int Gone = 120;

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = WatchedHost.ClockAt(Warm);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_series_that_did_not_come_for_long_makes_room_closes_its_alert_and_keeps_its_points()
    {
        await using var host = await StartAsync();
        var (gone, goesOn) = (WatchedHost.Target("dossiers"), WatchedHost.Target("dossiers", 1));
        await host.SendAsync(0, Warm, level: 10, gone, goesOn);
        await host.SendAsync(Warm, Warm + 10, level: 10, goesOn);
        Assert.Single(await host.SilentAsync());
        await host.Get<Checkpoints>().SaveAsync(Cancel);
        Assert.NotNull(
            host.Get<Intake>().Batch().Add(WatchedHost.Target("new"), _time.GetUtcNow().ToUnixTimeMilliseconds(), 1));

        await host.SendAsync(Warm + Gone - 10, Warm + Gone - 5, level: 10, goesOn);
        await host.Get<Retirement>().RunAsync(Cancel);
        Assert.NotNull(host.Get<Estate>().Find(gone.Identity.Id));

        await host.SendAsync(Warm + Gone + 10, Warm + Gone + 15, level: 10, goesOn);
        await host.Get<Retirement>().RunAsync(Cancel);
        Assert.Null(host.Get<Estate>().Find(gone.Identity.Id));
        Assert.DoesNotContain(
            await host.Get<SeriesStateStore>().ReadAsync(Cancel).ToListAsync(Cancel),
            row => row.Id == gone.Identity.Id);
        Assert.Null(
            host.Get<Intake>().Batch().Add(WatchedHost.Target("new"), _time.GetUtcNow().ToUnixTimeMilliseconds(), 1));

        Assert.Empty(await host.SilentAsync());
        Assert.Contains(await host.AlertsAsync(), alert =>
            alert is
            {
                ClosedAt: not null, Document.Sentence.En: "queue_depth (q0): no data since "
                + "4\u00a0Mar\u00a02026, 1:59, no longer monitored"
            });
        var points = await host.Get<Estate>()
            .HistoryAsync(gone.Identity.Id, WatchedHost.Start, WatchedHost.Start.AddMinutes(Warm), Cancel);
        Assert.Equal(Warm, points.Count);
    }

    [Fact]
    public async Task A_series_that_comes_back_is_learnt_anew()
    {
        await using var host = await StartAsync();
        var series = WatchedHost.Target("dossiers");
        await host.SendAsync(0, Warm, level: 10, series);
        _time.Advance(TimeSpan.FromHours(3));
        await host.Get<Retirement>().RunAsync(Cancel);
        Assert.Null(host.Get<Estate>().Find(series.Identity.Id));

        var back = Warm + 180;
        await host.SendAsync(back, back + 5, level: 10, series);
        var status = host.Get<Estate>().Find(series.Identity.Id);
        Assert.Equal(
            (WatchedHost.Start.AddMinutes(back + 4).ToUnixTimeMilliseconds(), false),
            (status?.LastTimestamp, status?.IsWarm));
    }

    [Fact]
    public async Task After_a_long_stop_senders_have_an_hour_before_series_are_forgotten()
    {
        var series = WatchedHost.Target("dossiers");
        await using (var before = await StartAsync())
        {
            await before.SendAsync(0, Warm, level: 10, series);
        }

        _time.Advance(TimeSpan.FromDays(30));
        await using var after = await StartAsync();
        _time.Advance(TimeSpan.FromMinutes(50));
        await after.Get<Retirement>().RunAsync(Cancel);
        Assert.NotNull(after.Get<Estate>().Find(series.Identity.Id));

        _time.Advance(TimeSpan.FromMinutes(20));
        await after.Get<Retirement>().RunAsync(Cancel);
        Assert.Null(after.Get<Estate>().Find(series.Identity.Id));
    }

    [Fact]
    public async Task A_whole_service_that_is_forgotten_closes_its_one_alert_and_opens_no_other()
    {
        await using var host = await StartAsync();
        var (first, second) = (WatchedHost.Target("dossiers"), WatchedHost.Target("dossiers", 1));
        await host.SendAsync(0, Warm, level: 10, first, second);
        await host.SendAsync(Warm, Warm + 2, level: 10, second);
        _time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal("service:dossiers", Assert.Single(await host.SilentAsync()).SeriesId);

        // The first is forgotten a minute before the second.
        _time.SetUtcNow(WatchedHost.Start.AddMinutes(Warm + Gone + 1));
        await host.Get<Retirement>().RunAsync(Cancel);
        Assert.Null(host.Get<Estate>().Find(first.Identity.Id));
        Assert.Single(await host.SilentAsync());

        _time.SetUtcNow(WatchedHost.Start.AddMinutes(Warm + Gone + 5));
        await host.Get<Retirement>().RunAsync(Cancel);
        Assert.Empty(await host.SilentAsync());
        Assert.EndsWith(
            "le suivi s'arrête",
            Assert.Single(await host.AlertsAsync()).Document.Sentence.Fr,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_week_is_the_default() => Assert.Equal(TimeSpan.FromDays(7), new TransactionsSettings().RetireAfter);

    [Fact]
    public void A_time_so_short_that_a_pause_would_cost_the_learning_is_refused() =>
        Assert.StartsWith(
            "RetireAfter must be at least an hour, was 00:30:00",
            Assert.Single(new TransactionsSettings { RetireAfter = TimeSpan.FromMinutes(30) }.Validate()),
            StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

    private Task<WatchedHost> StartAsync() =>
        WatchedHost.StartAsync(
            _time,
            _folder.In("worker.db"),
            new() { ["Ingest:MaxSeries"] = "2", ["Transactions:RetireAfter"] = "02:00:00" });
}
