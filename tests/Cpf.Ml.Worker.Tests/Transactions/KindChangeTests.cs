using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Tests.Fixtures;
using Cpf.Ml.Worker.Transactions;
using Microsoft.Extensions.Time.Testing;

namespace Cpf.Ml.Worker.Tests.Transactions;

/// <summary>What is said of a series now counts, not what was said when it was first seen.</summary>
public sealed class KindChangeTests : IDisposable
{
    private const int Warm = (2 * 1440) + 60;

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = WatchedHost.ClockAt(Warm);

    [Theory]
    [InlineData(MetricKind.Volume, nameof(SamplePart.Counter))]
    [InlineData(MetricKind.Gauge, nameof(SamplePart.Counter))]
    [InlineData(MetricKind.Volume, nameof(SamplePart.Value))]
    public async Task Kind_change_after_a_restart_restarts_the_detector_and_is_recorded(
        MetricKind kind, string part)
    {
        var before = Target(MetricKind.Gauge, SamplePart.Value);
        await using (var host = await StartAsync())
        {
            await host.SendAsync(0, Warm, level: 10, before);
            Assert.True(Status(host, before).IsWarm);
        }

        var after = Target(kind, Enum.Parse<SamplePart>(part));
        await using (var host = await StartAsync())
        {
            await host.SendAsync(Warm, Warm + 10, level: 10, after);
            Assert.Equal((kind, false), (Status(host, after).Series.Kind, Status(host, after).IsWarm));
            Assert.Contains(
                await host.Get<ConfigurationHistory>()
                    .ReadAsync(before.Identity.Key, TestContext.Current.CancellationToken),
                entry => entry.Subject == before.Identity.Key);
        }

        await using var third = await StartAsync();
        Assert.Equal(kind, Status(third, after).Series.Kind);
        await third.SendAsync(Warm + 10, Warm + 11, level: 10, Target(kind, Enum.Parse<SamplePart>(part)));

        // The first total of a counter makes no point.
        Assert.InRange(Points(third, after), 10, 11);
    }

    [Fact]
    public async Task Changed_unit_and_service_are_adopted_without_a_detector_restart()
    {
        await using (var host = await StartAsync())
        {
            await host.SendAsync(0, Warm, level: 10, Target(MetricKind.Gauge, SamplePart.Value));
        }

        var after = new SeriesTarget(
            WatchedHost.Target("dossiers").Series with { Unit = "By", Service = "archives" });
        await using (var host = await StartAsync())
        {
            await host.SendAsync(Warm, Warm + 1, level: 10, after);
        }

        await using var third = await StartAsync();
        var status = Status(third, after);
        Assert.Equal(("By", "archives", true), (status.Series.Unit, status.Series.Service, status.IsWarm));
    }

    [Fact]
    public async Task Second_kind_change_within_the_hour_is_refused_as_a_conflict()
    {
        await using var host = await StartAsync();
        var (one, other) = (Target(MetricKind.Gauge, SamplePart.Value), Target(MetricKind.Volume, SamplePart.Value));
        await host.SendAsync(Warm, Warm + 10, level: 10, one);
        await host.SendAsync(Warm + 10, Warm + 20, level: 10, other);
        await host.SendAsync(Warm + 20, Warm + 30, level: 10, one);

        Assert.Equal((MetricKind.Volume, 10), (Status(host, one).Series.Kind, Points(host, one)));
        Assert.Equal(
            [KeyValuePair.Create("conflict", 10L)],
            host.Get<IngestHealth>().Source(IngestHealth.Metrics).Status().Rejected);
    }

    public void Dispose() => _folder.Dispose();

    private static SeriesTarget Target(MetricKind kind, SamplePart part) =>
        new(WatchedHost.Target("dossiers").Series with { Kind = kind, Unit = "1" }, part);

    private static SeriesStatus Status(WatchedHost host, SeriesTarget target) =>
        host.Get<Estate>().Find(target.Identity.Id)!;

    private static long Points(WatchedHost host, SeriesTarget target) =>
        host.StateOf(target.Identity).Monitor.Detector.Count;

    private Task<WatchedHost> StartAsync() => WatchedHost.StartAsync(_time, _folder.In("worker.db"));
}
