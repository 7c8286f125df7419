using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace Cpf.Ml.Worker.Tests.Transactions;

/// <summary>
/// How long a sender may take from delivery to delivery before its series is silent, through the whole service.
/// </summary>
public sealed class DeliveryTests : IDisposable
{
    private const int Warm = (2 * 1440) + 60;

    /// <summary>Minutes of a batch.</summary>
    private const int Batch = 15;

    private readonly TemporaryFolder _folder = new();
    private readonly SeriesTarget _series = WatchedHost.Target("dossiers");

    [Fact]
    public async Task Batch_sender_is_silent_only_once_a_batch_is_overdue()
    {
        await using var host = await WatchedHost.StartAsync();
        await SendBatchesAsync(host, 0, Warm);
        for (var minute = Warm; minute < Warm + (2 * 1440); minute += Batch)
        {
            host.Time.SetUtcNow(WatchedHost.Start.AddMinutes(minute + Batch - 1));
            Assert.Empty(await host.SilentAsync());
            await host.SendAsync(minute, minute + Batch, level: 10, _series);
        }

        host.Time.Advance(TimeSpan.FromMinutes(Batch + 2));
        Assert.Empty(await host.SilentAsync());

        host.Time.Advance(TimeSpan.FromMinutes(3));
        var alert = Assert.Single(await host.SilentAsync());
        Assert.Contains("usually comes every 15", alert.Document.Sentence.En, StringComparison.Ordinal);
        Assert.Single(await host.AlertsAsync());
    }

    [Fact]
    public async Task Nightly_delivery_is_learnt_after_three_nights()
    {
        await using var host = await WatchedHost.StartAsync();
        for (var day = 0; day < 6; day++)
        {
            host.Time.SetUtcNow(WatchedHost.Start.AddDays(day + 1).AddMinutes(-1));
            var silent = await host.SilentAsync();
            Assert.True(day < 3 || silent.Count == 0, $"silent before the file of night {day} was due");
            await host.SendDaysAsync(day, day + 1, level: 10, _series);
        }

        host.Time.Advance(TimeSpan.FromHours(31));
        Assert.Single(await host.SilentAsync());
    }

    [Fact]
    public async Task Delivery_interval_survives_a_restart()
    {
        var time = new FakeTimeProvider(WatchedHost.Start);
        await using (var before = await WatchedHost.StartAsync(time, _folder.In("worker.db")))
        {
            await SendBatchesAsync(before, 0, Warm);
        }

        await using var after = await WatchedHost.StartAsync(time, _folder.In("worker.db"));
        time.Advance(TimeSpan.FromMinutes(Batch + 5));
        Assert.Empty(await after.SilentAsync());

        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Single(await after.SilentAsync());
    }

    [Fact]
    public async Task Minutely_series_is_silent_after_five_minutes_also_after_an_outage()
    {
        await using var host = await WatchedHost.StartAsync(WatchedHost.ClockAt(Warm));
        await host.SendAsync(0, Warm, level: 10, _series);
        await SendMinutesAsync(host, Warm, 30);
        await StopAsync(host);

        // Three hours later it catches up, and goes on.
        await host.SendAsync(Warm + 30, Warm + 210, level: 10, _series);
        await SendMinutesAsync(host, Warm + 210, 3);
        await StopAsync(host);
    }

    [Fact]
    public async Task Slow_backfill_does_not_change_the_delivery_interval()
    {
        await using var host = await WatchedHost.StartAsync(WatchedHost.ClockAt(Warm));
        for (var from = 0; from < Warm - 300; from += 300)
        {
            host.Time.Advance(TimeSpan.FromMinutes(10));
            await host.SendAsync(from, from + 300, level: 10, _series);
        }

        var now = (int)(host.Time.GetUtcNow() - WatchedHost.Start).TotalMinutes;
        await host.SendAsync(Warm - 300, now, level: 10, _series);
        await SendMinutesAsync(host, now, 3);
        await StopAsync(host);
    }

    [Fact]
    public async Task Silent_service_has_its_own_alert_while_another_of_its_source_awaits_a_batch()
    {
        await using var host = await WatchedHost.StartAsync();
        await SendBatchesAsync(host, 0, Warm);
        var each = WatchedHost.Target("offres");
        await host.SendAsync(0, Warm, level: 10, each);
        await SendMinutesAsync(host, Warm, 3, each);
        await host.SendAsync(Warm, Warm + 5, level: 10, _series);

        host.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(SeriesIdentity.Hex(each.Identity.Id), Assert.Single(await host.SilentAsync()).SeriesId);

        host.Time.Advance(TimeSpan.FromMinutes(20));
        Assert.Contains(await host.SilentAsync(), alert => alert.SeriesId == "source:metrics");
    }

    public void Dispose() => _folder.Dispose();

    private async Task SendBatchesAsync(WatchedHost host, int from, int to)
    {
        for (var minute = from; minute < to; minute += Batch)
        {
            await host.SendAsync(minute, minute + Batch, level: 10, _series);
        }
    }

    private async Task SendMinutesAsync(WatchedHost host, int from, int count, SeriesTarget? series = null)
    {
        for (var minute = from; minute < from + count; minute++)
        {
            await host.SendAsync(minute, minute + 1, level: 10, series ?? _series);
        }
    }

    /// <summary>Nothing comes any more: the silence is reported in time.</summary>
    private static async Task StopAsync(WatchedHost host)
    {
        host.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Empty(await host.SilentAsync());

        host.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Single(await host.SilentAsync());
    }
}
