using Cpf.Ml.Scoring.Tests.Statistics;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Detection;
using Cpf.Ml.Scoring.Transactions.Evidence;

namespace Cpf.Ml.Scoring.Tests.Transactions;

/// <summary>Degenerate series and invalid input leave the detector usable.</summary>
public sealed partial class SeriesDetectorTests
{
    [Fact]
    public void After_a_constant_history_another_value_has_p_of_1_in_the_history_length()
    {
        // A week has 2016 points, of which the first 50 have no evidence: no p-value below 1 in 1967, a score of 66, is
        // supported.
        var world = new World().Points(7 * Day, _ => 5);
        Assert.All(world.Steps, step => Assert.Equal(0, step.Score));

        Assert.Equal(20 * Math.Log10((7 * Day) - 50 + 1), world.One(6).Score, 1e-9);
    }

    [Fact]
    public void Constant_that_changes_for_good_raises_one_alert()
    {
        var world = new World().Points(7 * Day, _ => 5).Points(7 * Day, _ => 6);

        Assert.Equal(1, world.Alerts);
        Assert.False(world.Monitor.Rule.IsOpen);
        Assert.Equal(6, world.Steps[^1].Assessment.Expected, 0.05);
        Assert.Equal(0, world.Steps[^1].Score, 30.0);
    }

    [Fact]
    public void Series_of_missing_values_stays_cold_without_an_alert()
    {
        var world = new World().Points(7 * Day, _ => double.NaN);

        Assert.All(
            world.Steps,
            step => Assert.Equal(
                (0, false, double.NaN), (step.Score, step.Assessment.IsWarm, step.Assessment.Expected)));
        Assert.Equal((0, 0), (world.Alerts, world.Monitor.Detector.Count));
        Assert.All(world.Monitor.Detector.WeekProfile(), expected => Assert.True(double.IsNaN(expected)));

        // Values that come later are learned all the same.
        world.Points(Fortnight, Calm);
        Assert.InRange(world.Steps[^1].Assessment.Expected, 98, 102);
    }

    [Fact]
    public void Single_extreme_value_leaves_the_baseline_unchanged()
    {
        // A counter that went below zero: 2⁶⁴ − 1.
        var (whole, hit) = (Seasonal(), Seasonal());
        whole.One(Calm(Fortnight));
        hit.One(ulong.MaxValue);
        whole.Points(3 * Day, Calm);
        hit.Points(3 * Day, Calm);

        Assert.InRange(hit.Alerts, 0, 1);
        foreach (var (plain, after) in whole.Steps.Zip(hit.Steps).Skip(Fortnight + Day))
        {
            Assert.Equal(plain.Assessment.Expected, after.Assessment.Expected, 2.0);
            Assert.InRange(after.Assessment.Upper99 - after.Assessment.Lower99, 4, 10);
        }

        // After such a value a spike is as rare as the history is long, not rarer.
        Assert.InRange(hit.One(Calm(Fortnight + 1 + (3 * Day)) + 15).Score, 60, 100);
    }

    [Fact]
    public void Duplicate_or_backward_timestamps_leave_the_detector_usable()
    {
        var world = Seasonal();
        var newest = world.Now;
        world.At(newest - TimeSpan.FromMinutes(5)).One(Calm(Fortnight));
        world.At(newest - TimeSpan.FromDays(400)).Points(3, Calm);
        world.At(newest + TimeSpan.FromDays(4000)).Points(3, Calm);
        world.At(newest).Points(2 * Day, Calm);

        Assert.Equal(TimeSpan.FromMinutes(5), world.Monitor.Detector.Interval);
        Assert.All(world.Steps, step => Assert.True(double.IsFinite(step.Assessment.PValue)));
        Assert.All(world.Steps.TakeLast(Day), step => Assert.InRange(step.Assessment.Expected, 85, 115));
    }

    [Fact]
    public void Gap_at_the_start_leaves_the_interval_estimate_unchanged()
    {
        var world = new World().Points(1, Calm).Skip(TimeSpan.FromDays(3)).Points(30, Calm);

        Assert.Equal(TimeSpan.FromMinutes(5), world.Monitor.Detector.Interval);
        Assert.Equal(Day, world.Monitor.Detector.PointsPerDay);
    }

    [Fact]
    public void Error_rate_of_few_attempts_has_less_evidence_than_of_many()
    {
        var random = new Random(5);
        var world = new World(MetricKind.ErrorRate);
        for (var i = 0; i < Fortnight; i++)
        {
            world.One(random.Poisson(5) / 500, 500);
        }

        var at = world.Now.ToUnixTimeMilliseconds();
        PointAssessment Score(double volume) => world.Monitor.Detector.Score(new Observation(at, 0.2, volume));
        Assert.True(Score(5).Evidence < Score(500).Evidence);
        Assert.InRange(Score(5).Score.Percent, 0, 60);
        Assert.Equal(100, Score(500).Score.Percent, 1.0);
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    public void Invalid_volume_leaves_the_baseline_usable(double volume)
    {
        var random = new Random(5);
        var world = new World(MetricKind.ErrorRate);
        for (var i = 0; i < Fortnight; i++)
        {
            world.One(random.Poisson(5) / 500, i % 50 == 0 ? volume : 500);
        }

        Assert.All(world.Steps.Skip(2 * Day), step => Assert.InRange(step.Assessment.Expected, 0.001, 0.05));
        Assert.InRange(world.One(0.2, 500).Score, 90, 100);
    }

    [Fact]
    public void Wrong_options_are_refused_with_all_reasons()
    {
        var refused = Assert.Throws<ArgumentException>(
            () => new SeriesDetector(new SeriesDetectorOptions { Kind = (MetricKind)9, Zone = "Mars/Olympus" }));

        Assert.Contains(
            "Kind must be one of Gauge, Duration, Volume, ErrorRate, was 9.",
            refused.Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "Zone must be a time zone such as Europe/Paris, was Mars/Olympus.",
            refused.Message,
            StringComparison.Ordinal);
    }
}
