using Cpf.Ml.Worker.Ingest.Self;

namespace Cpf.Ml.Worker.Tests.Ingest;

public sealed class SelfWatchTests
{
    [Fact]
    public async Task Self_monitoring_feeds_series_of_process_and_host()
    {
        await using var host = await IngestHost.StartAsync(new() { ["Ingest:Self:Enabled"] = "true" });

        // The timer may not be there yet when the clock moves first, so the clock moves again.
        using var ticking = new CancellationTokenSource();
        var ticks = TickAsync(host, ticking.Token);
        var samples = await host.Drain.UntilAsync(
            samples => samples.Any(sample => sample.Series.Identity.Name == "host_cpu_ratio"),
            TimeSpan.FromSeconds(30));
        await ticking.CancelAsync();
        await ticks;

        var newest = samples.GroupBy(sample => sample.Series.Identity.Name)
            .ToDictionary(group => group.Key, group => group.Last());
        Assert.InRange(newest["host_cpu_ratio"].Value, 0, 1);
        Assert.InRange(newest["process_resident_memory_bytes"].Value, 1e6, 1e12);
        Assert.InRange(newest["host_memory_available_bytes"].Value, 1e6, 1e13);
        Assert.Equal("cpf-ml", newest["process_threads"].Series.Service);
        Assert.Equal("By", newest["process_heap_bytes"].Series.Unit);
        Assert.Empty(host.Status(SelfWatch.SourceName).Errors);
    }

    private static async Task TickAsync(IngestHost host, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            host.Time.Advance(TimeSpan.FromSeconds(15));
            await Task.Delay(100, CancellationToken.None);
        }
    }

    [Fact]
    public void Cpu_time_excludes_idle_and_iowait() =>
        Assert.Equal((10 + 1 + 5 + 0 + 2 + 3, 171), HostReading.ReadCpu("cpu  10 1 5 100 50 0 2 3 0 0"));
}
