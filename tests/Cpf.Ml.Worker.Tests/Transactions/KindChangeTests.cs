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
    public async Task A_series_that_is_sent_as_something_else_after_a_restart_is_learnt_anew(
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
    public async Task A_unit_and_a_service_that_changed_are_taken_over_and_nothing_is_forgotten()
    {
        await using (var host = await StartAsync())
        {
            await host.SendAsync(0, Warm, level: 10, Target(MetricKind.Gauge, SamplePart.Value));
        }

        var after = new SeriesTarget(WatchedHost.Target("dossiers").Identity, MetricKind.Gauge, "By", "archives");
        await using (var host = await StartAsync())
        {
            await host.SendAsync(Warm, Warm + 1, level: 10, after);
        }

        await using var third = await StartAsync();
        var status = Status(third, after);
        Assert.Equal(("By", "archives", true), (status.Series.Unit, status.Series.Service, status.IsWarm));
    }

    [Fact]
    public async Task Two_senders_that_disagree_do_not_take_a_series_from_each_other_all_the_time()
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
        new(WatchedHost.Target("dossiers").Identity, kind, "1", "dossiers", part);

    private static SeriesStatus Status(WatchedHost host, SeriesTarget target) =>
        host.Get<Estate>().Find(target.Identity.Id)!;

    private static long Points(WatchedHost host, SeriesTarget target) =>
        ((WatchedSeries)host.Get<SeriesCatalog>().Find(target.Identity.Id)!.Watched!).Watch.Detector.Count;

    private Task<WatchedHost> StartAsync() => WatchedHost.StartAsync(_time, _folder.In("worker.db"));
}
