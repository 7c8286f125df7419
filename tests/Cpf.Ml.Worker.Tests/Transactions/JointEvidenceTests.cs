using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Ingest.Replay;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Transactions;
using Microsoft.Extensions.Time.Testing;

namespace Cpf.Ml.Worker.Tests.Transactions;

/// <summary>Many weak signals at once are one strong incident.</summary>
public sealed class JointEvidenceTests
{
    private const int Days = 5;
    private const int Series = 10;

    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Noon);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_slightly_deviating_series_open_one_joint_alert_with_its_contributors()
    {
        await using var host = await WatchedHost.StartAsync(settings: new() { ["Transactions:JointSeries"] = "3" });
        var series = Enumerable.Range(0, Series).Select(number => WatchedHost.Target("dossiers", number)).ToArray();
        for (var minute = 0; minute < Days * 1440; minute += 10)
        {
            await SendAsync(host, minute, 10, 10, series);
        }

        Assert.Empty(await host.AlertsAsync());

        // As much as the noise of a single point.
        for (var minute = 0; minute < 8; minute++)
        {
            await SendAsync(host, (Days * 1440) + minute, 1, 10.29, series);
        }

        var alert = Assert.Single(await host.AlertsAsync());
        Assert.StartsWith(
            "dossiers\u00a0: plusieurs séries sont inhabituelles ensemble depuis",
            alert.Document.Sentence.Fr,
            StringComparison.Ordinal);
        Assert.Equal("dossiers: all series together", alert.SeriesName.En);
        Assert.Equal(5, alert.Document.Contributors.Length);
        Assert.All(
            alert.Document.Contributors,
            contributor => Assert.StartsWith("queue_depth", contributor.Name.En, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Single_deviating_series_opens_no_joint_alert()
    {
        await using var host = await WatchedHost.StartAsync(settings: new() { ["Transactions:JointSeries"] = "3" });
        var series = Enumerable.Range(0, Series).Select(number => WatchedHost.Target("dossiers", number)).ToArray();
        for (var minute = 0; minute < Days * 1440; minute += 10)
        {
            await SendAsync(host, minute, 10, 10, series);
        }

        for (var minute = 0; minute < 20; minute++)
        {
            await host.SendAsync((Days * 1440) + minute, (Days * 1440) + minute + 1, level: 30, series[0]);
            await SendAsync(host, (Days * 1440) + minute, 1, 10, series[1..]);
        }

        Assert.Equal(SeriesIdentity.Hex(series[0].Identity.Id), Assert.Single(await host.AlertsAsync()).SeriesId);
    }

    [Fact]
    public void Joint_minute_closes_once_and_leaves_out_its_strongest_series()
    {
        var joint = new JointEvidence(new TransactionsSettings(), _time);
        double[] pValues = [0.1, 0.01, 0.001, 1];
        for (var number = 0; number < pValues.Length; number++)
        {
            joint.Add(Descriptor(number), Noon.ToUnixTimeMilliseconds(), pValues[number]);
        }

        _time.Advance(TimeSpan.FromSeconds(89));
        Assert.Empty(joint.Close());
        _time.Advance(TimeSpan.FromSeconds(2));
        var minute = Assert.Single(joint.Close());
        Assert.Equal(("dossiers", Noon.ToUnixTimeMilliseconds(), 1.0), (minute.Service, minute.At, minute.Value));

        joint.Add(Descriptor(5), Noon.ToUnixTimeMilliseconds(), 0.5);
        Assert.Empty(joint.Close());
    }

    [Fact]
    public void Joint_evidence_forgets_a_quiet_service_and_starts_again_when_it_is_back()
    {
        var joint = new JointEvidence(new TransactionsSettings(), _time);
        void AddAll()
        {
            for (var number = 0; number < 3; number++)
            {
                joint.Add(Descriptor(number), _time.GetUtcNow().ToUnixTimeMilliseconds(), 0.1);
            }
        }

        AddAll();
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Single(joint.Close());
        Assert.Equal(1, joint.Count);

        _time.Advance(TimeSpan.FromHours(2));
        Assert.Empty(joint.Close());
        Assert.Equal(0, joint.Count);

        AddAll();
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Single(joint.Close());
    }

    [Fact]
    public async Task Joint_evidence_of_a_replayed_past_carries_its_clock_and_history()
    {
        await using var host = await WatchedHost.StartAsync(
            _time, settings: new() { ["Transactions:JointSeries"] = "3" });
        var clock = new ReplayClock();
        var from = Noon.AddDays(-1).ToUnixTimeMilliseconds();
        for (var number = 0; number < 4; number++)
        {
            var series = Descriptor(number) with { Clock = clock, AlertsFrom = from };
            host.Get<JointEvidence>().Add(series, Noon.AddDays(-9).ToUnixTimeMilliseconds(), 0.1);
        }

        clock.Advance(Noon.AddDays(-8).ToUnixTimeMilliseconds());
        await host.Get<JointWatch>().HandOverAsync(Cancel);

        var joint = Assert.Single(host.Get<SeriesCatalog>().Series);
        Assert.Equal((true, from, clock), (joint.IsJoint, joint.AlertsFrom, joint.Clock));
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(4, 20)]
    public void Joint_evidence_needs_three_series_and_recent_points(int series, int minutesAgo)
    {
        var joint = new JointEvidence(new TransactionsSettings(), _time);
        for (var number = 0; number < series; number++)
        {
            joint.Add(Descriptor(number), Noon.AddMinutes(-minutesAgo).ToUnixTimeMilliseconds(), 0.1);
        }

        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Empty(joint.Close());
    }

    private static SeriesDescriptor Descriptor(int number) =>
        new(
            new SeriesIdentity("queue_depth", [new("service", "dossiers"), new("queue", $"q{number}")]),
            MetricKind.Gauge,
            "",
            "dossiers");

    /// <summary>Points that come as they are measured, and what they say together.</summary>
    private static async Task SendAsync(
        WatchedHost host, int from, int minutes, double level, params SeriesTarget[] series)
    {
        await host.SendAsync(from, from + minutes, level, series);
        host.Time.Advance(TimeSpan.FromSeconds(31));
        await host.Get<JointWatch>().HandOverAsync(Cancel);
    }
}
