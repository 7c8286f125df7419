using System.Buffers;
using Cpf.Ml.Scoring.Tests.Statistics;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Detection;

namespace Cpf.Ml.Scoring.Tests.Transactions;

/// <summary>An operator says that a change is here to stay.</summary>
public sealed class NewNormalTests
{
    private const int Day = 288;
    private const int Fortnight = 14 * Day;
    private const int Hour = 12;

    [Theory]
    [InlineData(MetricKind.Gauge, 1.15)]
    [InlineData(MetricKind.Gauge, 0.9)]
    [InlineData(MetricKind.Duration, 3)]
    [InlineData(MetricKind.Duration, 0.5)]
    [InlineData(MetricKind.Volume, 2)]
    [InlineData(MetricKind.Volume, 0.25)]
    public void Confirmed_new_normal_is_the_expected_level_after_fifteen_points(
        MetricKind kind, double factor)
    {
        var world = Changed(kind, factor);
        Assert.Equal(1, world.Alerts);

        world.Monitor.AcceptNewNormal();
        Assert.False(world.Monitor.Rule.IsOpen);
        world.Points(SeriesDetector.SettlingPoints, Live(kind, factor)).Days(2, Live(kind, factor));

        var settled = world.Steps.TakeLast(2 * Day).ToList();
        Assert.Equal(1, world.Alerts);
        Assert.All(settled, step => Assert.InRange(step.Assessment.Expected / Level(kind, factor, step.At), 0.7, 1.4));
        Assert.InRange(settled.Count(step => step.Assessment.PValue <= 0.01), 0, 3 * 2 * Day / 100);
    }

    [Fact]
    public void Unconfirmed_level_stays_anomalous_for_a_day()
    {
        var world = Changed(MetricKind.Duration, 3).Points(Day / 2, Live(MetricKind.Duration, 3));

        Assert.True(world.Monitor.Rule.IsOpen);
        Assert.True(world.Steps[^1].Assessment.Expected < 1.5 * Level(MetricKind.Duration, 1, world.Steps[^1].At));
    }

    [Fact]
    public void Old_level_is_anomalous_after_a_new_normal_is_confirmed()
    {
        var world = Changed(MetricKind.Duration, 3);
        world.Monitor.AcceptNewNormal();
        world.Days(1, Live(MetricKind.Duration, 3)).Points(Hour, Live(MetricKind.Duration, 1));

        Assert.Equal(2, world.Alerts);
    }

    [Fact]
    public void Settling_series_raises_no_anomaly_and_survives_a_restart_bit_for_bit()
    {
        var (whole, restored) = (Changed(MetricKind.Gauge, 1.15), Changed(MetricKind.Gauge, 1.15));
        foreach (var world in new[] { whole, restored })
        {
            world.Monitor.AcceptNewNormal();
            world.Points(7, Live(MetricKind.Gauge, 1.15)).Points(4, _ => double.NaN);
        }

        Assert.All(whole.Steps.TakeLast(11), step => Assert.Equal(1, step.Assessment.PValue));
        Assert.True(whole.Monitor.Detector.IsSettling);

        var (detector, rule) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        restored.Monitor.Detector.Snapshot(detector);
        restored.Monitor.Rule.Snapshot(rule);
        var again = new World(
            new SeriesMonitor(
                SeriesDetector.Restore(
                    new SeriesDetectorOptions { Kind = MetricKind.Gauge, Zone = "UTC", FrenchHolidays = false },
                    detector.WrittenSpan),
                AlertRule.Restore(new AlertRuleOptions(), rule.WrittenSpan)),
            TimeSpan.FromMinutes(5)).At(restored.Now);
        var (one, other) = (Live(MetricKind.Gauge, 1.15), Live(MetricKind.Gauge, 1.15));
        for (var i = 0; i < Day; i++)
        {
            Assert.Equal(
                whole.One(one(i)).Assessment.Evidence,
                again.One(other(i)).Assessment.Evidence);
        }

        Assert.False(whole.Monitor.Detector.IsSettling);
    }

    [Fact]
    public void New_normal_can_be_confirmed_for_a_cold_series()
    {
        var world = new World().Points(3, _ => 5);
        world.Monitor.AcceptNewNormal();
        world.Points(Day, Live(MetricKind.Gauge, 1));

        Assert.True(double.IsFinite(world.Steps[^1].Assessment.Expected));
        Assert.Equal(0, world.Alerts);
    }

    /// <summary>A fortnight of a daily curve, then two hours at so many times its level.</summary>
    private static World Changed(MetricKind kind, double factor) =>
        new World(kind).Points(Fortnight, Live(kind, 1)).Points(2 * Hour, Live(kind, factor));

    /// <summary>A gauge moves by a sum, the others by a factor.</summary>
    private static double Level(MetricKind kind, double factor, DateTimeOffset at) => kind switch
    {
        MetricKind.Volume => factor * 200 * (1 + (0.7 * World.Day(at))),
        MetricKind.Duration => factor * 0.3 * Math.Exp(0.3 * World.Day(at)),
        _ => (factor * 100) + (3 * World.Day(at)),
    };

    private static Func<long, double> Live(MetricKind kind, double factor)
    {
        var random = new Random(31);
        return i =>
        {
            var level = Level(kind, factor, World.Monday.AddMinutes(5 * i));
            return kind switch
            {
                MetricKind.Volume => random.Poisson(level),
                MetricKind.Duration => level * Math.Exp(0.1 * random.Normal()),
                _ => level + random.Normal(),
            };
        };
    }
}
