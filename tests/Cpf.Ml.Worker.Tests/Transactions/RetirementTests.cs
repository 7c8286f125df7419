using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Tests.Fixtures;
using Cpf.Ml.Worker.Transactions;
using Microsoft.Extensions.Time.Testing;

namespace Cpf.Ml.Worker.Tests.Transactions;

/// <summary>A series that is gone for good makes room, and its alert closes.</summary>
public sealed class RetirementTests : IDisposable
{
    private const int Warm = (2 * 1440) + 60;

    /// <summary>Minutes after which these tests have a series forgotten.</summary>
    private const int Gone = 120;

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = WatchedHost.ClockAt(Warm);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Retirement_makes_room_closes_the_alert_and_keeps_the_points()
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
    public async Task Series_that_returns_after_retirement_starts_cold()
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
    public async Task Retirement_waits_an_hour_after_a_long_stop()
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
    public async Task Retirement_of_a_whole_service_closes_its_one_alert()
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
    public void Series_are_retired_after_a_week_by_default() =>
        Assert.Equal(TimeSpan.FromDays(7), new TransactionsSettings().RetireAfter);

    [Fact]
    public void Retirement_within_an_hour_is_refused() =>
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
