using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Tests.Statistics;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Detection;

namespace Cpf.Ml.Scoring.Tests.Transactions;

/// <summary>For a while after a deployment larger anomalies are needed for an alert.</summary>
public sealed class DeploymentTests
{
    private const int Fortnight = 14 * 288;
    private static readonly SeriesDetectorOptions Options = new()
    {
        Kind = MetricKind.Gauge,
        Zone = "UTC",
        FrenchHolidays = false,
    };

    [Fact]
    public void Deployment_marker_widens_the_band_tenfold_in_rarity_and_keeps_the_expected_value()
    {
        var monitor = Calm(out var now);
        var (plain, after) = (
            monitor.Detector.Score(Point(now, 100, false)), monitor.Detector.Score(Point(now, 100, true)));

        Assert.Equal(plain.Expected, after.Expected);
        Assert.Equal((plain.Lower999, plain.Upper999), (after.Lower99, after.Upper99));
        Assert.True(after.Upper999 - after.Expected > 1.1 * (plain.Upper999 - plain.Expected));
    }

    [Fact]
    public void Deployment_marker_raises_p_values_tenfold()
    {
        var monitor = Calm(out var now);
        var (plain, after) = (
            monitor.Detector.Score(Point(now, 104, false)), monitor.Detector.Score(Point(now, 104, true)));

        Assert.Equal(10 * plain.PValue, after.PValue, 1e-12);
        Assert.True(plain.PValue < 0.001);
    }

    [Theory]
    [InlineData(4, 3, true, 0)]
    [InlineData(4, 3, false, 1)]
    [InlineData(20, 6, true, 1)]
    public void After_a_deployment_small_anomalies_are_suppressed_and_large_ones_alert(
        double shift, int points, bool isAfter, int alerts)
    {
        var monitor = Calm(out var now);
        var random = new Random(8);
        var opened = 0;
        for (var i = 0; i < points; i++)
        {
            now += 300_000;
            opened += monitor.Step(
                Point(now, 100 + shift + random.Normal(), isAfter), 1e-5, out _) == AlertTransition.Open ? 1 : 0;
        }

        Assert.Equal(alerts, opened);
    }

    [Fact]
    public void Exceedance_rate_leaves_out_points_after_a_deployment()
    {
        var monitor = Calm(out var now);
        var before = monitor.Detector.Reliability()[0].Count;
        for (var i = 0; i < 6; i++)
        {
            now += 300_000;
            monitor.Step(Point(now, 100, true), 1e-5, out _);
        }

        Assert.Equal(before, monitor.Detector.Reliability()[0].Count);
    }

    private static Observation Point(long at, double value, bool isAfter) =>
        new(at, value) { IsAfterDeployment = isAfter };

    private static SeriesMonitor Calm(out long now)
    {
        var monitor = new SeriesMonitor(Options, new AlertRuleOptions());
        var random = new Random(5);
        now = World.Monday.ToUnixTimeMilliseconds();
        for (var i = 0; i < Fortnight; i++)
        {
            now += 300_000;
            monitor.Step(Point(now, 100 + random.Normal(), false), 1e-5, out _);
        }

        return monitor;
    }
}
