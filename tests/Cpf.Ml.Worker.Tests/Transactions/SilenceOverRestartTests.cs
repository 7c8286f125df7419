using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace Cpf.Ml.Worker.Tests.Transactions;

/// <summary>A restart is no news of a series: what was silent stays so until a point comes.</summary>
public sealed class SilenceOverRestartTests : IDisposable
{
    private const int Warm = (2 * 1440) + 60;

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = WatchedHost.ClockAt(Warm);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task No_data_alert_stays_open_over_a_restart_until_points_come(int series)
    {
        var targets = Targets(series);
        await using (var before = await StartAsync())
        {
            await before.SendAsync(0, Warm, level: 10, targets);
            _time.Advance(TimeSpan.FromMinutes(10));
            Assert.Single(await before.SilentAsync());
        }

        await using var after = await StartAsync();
        foreach (var minutes in (int[])[0, 1, 60])
        {
            _time.Advance(TimeSpan.FromMinutes(minutes));
            Assert.Single(await after.SilentAsync());
        }

        await after.SendAsync(Warm + 80, Warm + 82, level: 10, Targets(series));
        Assert.Empty(await after.SilentAsync());
        Assert.Single(await after.AlertsAsync());
    }

    [Fact]
    public async Task Source_that_died_during_a_stop_alerts_once_the_grace_after_the_start_is_over()
    {
        await using (var before = await StartAsync())
        {
            await before.SendAsync(0, Warm, level: 10, Targets(1));
            Assert.Empty(await before.SilentAsync());
        }

        _time.Advance(TimeSpan.FromHours(3));
        await using var after = await StartAsync();
        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.Empty(await after.SilentAsync());

        _time.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(WatchedHost.Start.AddMinutes(Warm - 1), Assert.Single(await after.SilentAsync()).OpenedAt);
    }

    public void Dispose() => _folder.Dispose();

    private static SeriesTarget[] Targets(int count) =>
        [.. Enumerable.Range(0, count).Select(i => WatchedHost.Target("dossiers", i))];

    private Task<WatchedHost> StartAsync() => WatchedHost.StartAsync(_time, _folder.In("worker.db"));
}
