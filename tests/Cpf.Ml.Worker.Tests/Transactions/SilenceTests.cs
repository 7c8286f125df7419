using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;
using Microsoft.Extensions.Time.Testing;

namespace Cpf.Ml.Worker.Tests.Transactions;

/// <summary>What is silence and what is not, through the whole service.</summary>
public sealed class SilenceTests
{
    private const int Warm = (2 * 1440) + 60;

    private readonly SeriesTarget _series = WatchedHost.Target("dossiers");

    [Fact]
    public async Task Series_of_missing_points_has_a_no_data_alert_from_its_last_value()
    {
        await using var host = await WatchedHost.StartAsync(WatchedHost.ClockAt(Warm));
        var (lost, goesOn) = (WatchedHost.Target("dossiers"), WatchedHost.Target("dossiers", 1));
        await host.SendAsync(0, Warm, level: 10, lost, goesOn);

        await host.SendAsync(Warm, Warm + 4, level: double.NaN, lost);
        Assert.Empty(await host.SilentAsync());

        await host.SendAsync(Warm + 4, Warm + 8, level: double.NaN, lost);
        await host.SendAsync(Warm, Warm + 8, level: 10, goesOn);
        var alert = Assert.Single(await host.SilentAsync());
        Assert.Equal(
            ("queue_depth (q0)", WatchedHost.Start.AddMinutes(Warm - 1)), (alert.SeriesName.En, alert.OpenedAt));

        await host.SendAsync(Warm + 8, Warm + 9, level: 10, lost, goesOn);
        Assert.Empty(await host.SilentAsync());
    }

    [Fact]
    public async Task Gap_no_longer_than_known_ones_is_no_silence()
    {
        await using var host = await WatchedHost.StartAsync();
        const int hours = 24;
        const int night = 6;
        for (var hour = 0; hour < 4 * hours; hour++)
        {
            await host.SendAsync(
                60 * hour, 60 * (hour + 1), level: hour % hours < hours - night ? 10 : double.NaN, _series);
        }

        Assert.Empty(await host.SilentAsync());

        for (var hour = 4 * hours; hour < (4 * hours) + night; hour++)
        {
            await host.SendAsync(60 * hour, 60 * (hour + 1), level: double.NaN, _series);
        }

        Assert.Single(await host.SilentAsync());
    }

    [Fact]
    public async Task Series_with_known_gaps_is_silent_when_no_point_comes()
    {
        await using var host = await WatchedHost.StartAsync(WatchedHost.ClockAt(Warm + 500));
        await host.SendAsync(0, 100, level: 10, _series);
        await host.SendAsync(100, 500, level: double.NaN, _series);
        await host.SendAsync(500, Warm + 500, level: 10, _series);

        host.Time.Advance(TimeSpan.FromMinutes(7));
        Assert.Single(await host.SilentAsync());
    }

    [Fact]
    public async Task Error_rate_without_attempts_is_no_silence()
    {
        await using var host = await WatchedHost.StartAsync(WatchedHost.ClockAt(Warm));
        await host.SendAsync(0, Warm, level: 10, _series);
        for (var minute = Warm; minute < Warm + 60; minute += 5)
        {
            host.Time.SetUtcNow(WatchedHost.Start.AddMinutes(minute));
            var batch = host.Get<Intake>().Batch();
            Assert.Null(batch.Add(_series, host.Time.GetUtcNow().ToUnixTimeMilliseconds(), double.NaN, volume: 0));
            await host.Get<Intake>().SubmitAsync(
                batch, host.Get<IngestHealth>().Source(IngestHealth.Metrics), TestContext.Current.CancellationToken);
        }

        Assert.Empty(await host.SilentAsync());
    }

    [Fact]
    public async Task Silent_source_of_several_services_has_one_alert_even_if_its_series_stop_in_turn()
    {
        await using var host = await WatchedHost.StartAsync(WatchedHost.ClockAt(Warm));
        SeriesTarget[] targets = [.. Enumerable.Range(0, 4).Select(i => WatchedHost.Target($"s{i}"))];
        var elsewhere = WatchedHost.Target("s0", 1);
        await host.SendEveryAsync(1, 0, Warm, level: 10, IngestHealth.RemoteWrite, targets);
        await host.SendEveryAsync(1, 0, Warm, level: 10, IngestHealth.Metrics, elsewhere);
        await host.SendEveryAsync(1, Warm, Warm + 1, level: 10, IngestHealth.RemoteWrite, targets[3]);

        foreach (var minute in (int[])[3, 5, 6])
        {
            await host.SendEveryAsync(1, Warm + minute, Warm + minute + 1, level: 10, IngestHealth.Metrics, elsewhere);
            Assert.Equal(minute == 6, (await host.SilentAsync()) is [{ SeriesId: "source:remote-write" }]);
        }

        Assert.Single(await host.AlertsAsync());
        await host.SendEveryAsync(1, Warm + 8, Warm + 9, level: 10, IngestHealth.RemoteWrite, targets);
        Assert.DoesNotContain(
            await host.SilentAsync(), alert => alert.SeriesId.StartsWith("source:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Single_silent_series_of_a_source_has_its_own_alert()
    {
        await using var host = await WatchedHost.StartAsync(WatchedHost.ClockAt(Warm));
        var (stops, goesOn) = (WatchedHost.Target("s0"), WatchedHost.Target("s1"));
        await host.SendAsync(0, Warm, level: 10, stops, goesOn);
        await host.SendAsync(Warm, Warm + 7, level: 10, goesOn);

        Assert.Equal(SeriesIdentity.Hex(stops.Identity.Id), Assert.Single(await host.SilentAsync()).SeriesId);
    }

    [Fact]
    public async Task Silence_follows_a_longer_and_a_shorter_interval()
    {
        await using var host = await WatchedHost.StartAsync(WatchedHost.ClockAt(Warm));
        await host.SendAsync(0, Warm, level: 10, _series);
        await host.SendEveryAsync(10, Warm + 9, Warm + 200, level: 10, IngestHealth.Metrics, _series);
        host.Time.SetUtcNow(WatchedHost.Start.AddMinutes(Warm + 225));
        Assert.Empty(await host.SilentAsync());

        await host.SendAsync(Warm + 225, Warm + 250, level: 10, _series);
        host.Time.SetUtcNow(WatchedHost.Start.AddMinutes(Warm + 257));
        Assert.Single(await host.SilentAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Clock_jump_neither_causes_nor_hides_a_silence(int hours)
    {
        var time = new JumpingClock(WatchedHost.Start.AddMinutes(Warm));
        await using var host = await WatchedHost.StartAsync(time);
        var (stops, goesOn) = (WatchedHost.Target("dossiers"), WatchedHost.Target("dossiers", 1));
        await host.SendAsync(0, Warm, level: 10, stops, goesOn);

        time.Jump = TimeSpan.FromHours(hours);
        Assert.Empty(await host.SilentAsync());

        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(await host.SilentAsync());

        time.Jump = TimeSpan.Zero;
        await host.SendAsync(Warm + 1, Warm + 2, level: 10, stops, goesOn);
        time.Jump = TimeSpan.FromHours(hours);
        time.Advance(TimeSpan.FromMinutes(7));
        Assert.Single(await host.SilentAsync());
    }

    /// <summary>The clock on the wall may be set; the time that passes cannot.</summary>
    private sealed class JumpingClock(DateTimeOffset start) : FakeTimeProvider(start)
    {
        public TimeSpan Jump { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Jump;

        public override long GetTimestamp() => base.GetUtcNow().Ticks;
    }
}
