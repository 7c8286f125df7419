using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Tests.Statistics;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Detection;
using Cpf.Ml.Scoring.Transactions.Evidence;

namespace Cpf.Ml.Scoring.Tests.Transactions;

/// <summary>Each kind of fault is found, by the test that is there for it; what is no fault is not.</summary>
public sealed class SeriesDetectorTests
{
    private const int Day = 288;
    private const int Fortnight = 14 * Day;

    [Fact]
    public void Flat_line_is_detected_within_two_hours()
    {
        var world = Usual();
        var held = world.Steps[^1].Value;
        world.Points(24, _ => held);

        Assert.Contains(SeriesTestNames.FlatLine, Fired(world));
        Assert.Equal(1, world.Alerts);
    }

    [Fact]
    public void Flat_line_alert_stays_open_until_the_values_vary()
    {
        var world = Usual();
        var held = world.Steps[^1].Value;
        world.Points(80, _ => held);
        Assert.Equal(1, world.Alerts);
        Assert.True(world.Monitor.Rule.IsOpen);

        world.Points(30, Calm);
        Assert.Equal(1, world.Alerts);
        Assert.False(world.Monitor.Rule.IsOpen);
    }

    [Fact]
    public void Occasionally_repeated_value_is_no_flat_line()
    {
        var world = Usual();
        world.Points(300, i => Calm(i % 20 < 4 ? i - (i % 20) : i));

        Assert.DoesNotContain(SeriesTestNames.FlatLine, Fired(world));
        Assert.Equal(0, world.Alerts);
    }

    [Fact]
    public void Run_of_typical_length_is_no_flat_line()
    {
        // A queue that is empty at night and counts few by day: runs of zeros are as long as the night.
        var random = new Random(6);
        var world = new World().Points(Fortnight, i => i % Day < Day / 3 ? 0 : random.Poisson(2));

        Assert.DoesNotContain(world.Steps.Skip(4 * Day), step => step.Assessment.SurprisalOf(SeriesTest.FlatLine) > 3);
        Assert.Equal(0, world.Alerts);
    }

    /// <summary>A fault that a test is there for is found by it, and one of the other side in its direction.</summary>
    [Theory]
    [InlineData("point", 8, 1)]
    [InlineData("difference", -12, 1)]
    [InlineData("local", 8, 1)]
    [InlineData("level-12", 2, 12)]
    [InlineData("level-48", -2, 48)]
    [InlineData("sustained", 3, 12)]
    public void Fault_fires_its_test(string test, double shift, int points)
    {
        // Without a season: the level of two days ago says nothing where it changes by the hour.
        static double Level(long i) => 100 + new Random((int)i + 1000).Normal();
        var world = new World().Points(Fortnight, Level);
        Assert.DoesNotContain(test, world.Steps[^1].Fired);
        world.Points(points, i => Level(i) + shift);

        var findings = world.Steps.TakeLast(points).SelectMany(step => step.Assessment.FiredTests())
            .Where(found => found.Name == test).ToList();
        Assert.NotEmpty(findings);
        Assert.All(findings, found => Assert.Equal(test == "sustained" ? 0 : Math.Sign(shift), found.Direction));
    }

    [Fact]
    public void Level_shift_of_three_deviations_is_detected_within_half_an_hour()
    {
        var world = Usual();
        world.Points(6, i => Calm(i) + 3);

        Assert.Equal(1, world.Alerts);
        Assert.Contains(world.Steps.TakeLast(6), step => step.Transition == AlertTransition.Open);
    }

    [Theory]
    [InlineData(8, "level-4")]
    [InlineData(-8, "level-4")]
    [InlineData(3, "slow-60")]
    [InlineData(-3, "slow-60")]
    public void Level_shift_fires_the_level_tests_in_its_direction(double shift, string test)
    {
        var world = Usual();
        world.Points(80, i => Calm(i) + shift);

        var findings = world.Steps.TakeLast(80).SelectMany(step => step.Assessment.FiredTests())
            .Where(found => found.Name == test).ToList();
        Assert.NotEmpty(findings);
        Assert.All(findings, found => Assert.Equal(Math.Sign(shift), found.Direction));
    }

    [Fact]
    public void Fourfold_noise_fires_the_variance_test_and_an_alert_within_an_hour()
    {
        var world = Usual();
        var random = new Random(77);
        world.Points(12, i => Calm(i) + (4 * random.Normal()));

        Assert.Contains("variance", Fired(world));
        Assert.Equal(1, world.Alerts);
    }

    [Fact]
    public void Slow_drift_is_detected_before_it_reaches_three_deviations()
    {
        var world = Usual();
        world.Points(300, i => Calm(i) + (0.01 * (i - Fortnight)));

        Assert.Contains("drift", Fired(world));
        Assert.True(world.Alerts > 0);
    }

    [Fact]
    public void Value_beyond_all_before_is_a_record_at_any_time_of_day()
    {
        var world = Usual();
        Assert.DoesNotContain(SeriesTestNames.Record, world.One(Calm(Fortnight)).Fired);

        Assert.Contains(SeriesTestNames.Record, world.One(130).Fired);
    }

    [Fact]
    public void Value_usual_at_noon_is_anomalous_at_midnight()
    {
        var world = Usual();
        var (peak, trough) = (Calm(Fortnight + (Day / 4)), Calm(Fortnight + (3 * Day / 4)));
        Assert.InRange(peak - trough, 15, 25);
        world.Points((3 * Day / 4) - 1, Calm);
        world.Points(1, _ => peak);

        Assert.Contains("time-of-day", world.Steps[^1].Fired);
        Assert.InRange(world.Steps[^1].Score, 80, 100);
    }

    [Fact]
    public void Score_never_falls_with_the_deviation()
    {
        var world = Usual();
        var at = world.Now.ToUnixTimeMilliseconds();
        var scores = Enumerable.Range(0, 200)
            .Select(i => world.Monitor.Detector.Score(new Observation(at, 100 + (0.25 * i))).Score.Value)
            .ToList();

        Assert.Equal(scores.Skip(4).Order(), scores.Skip(4)); // from 101 on, beyond what is expected at this moment
        Assert.Equal(1, scores[^1]);
    }

    [Fact]
    public void Bands_have_their_nominal_coverage()
    {
        var world = Usual();
        world.Points(20 * Day, Calm);
        var points = world.Steps.Skip(7 * Day).ToList();
        double Outside(Func<World.Step, bool> beyond) => points.Count(beyond) / (double)points.Count;

        Assert.InRange(Outside(s => s.Value < s.Assessment.Lower99 || s.Value > s.Assessment.Upper99), 0.005, 0.02);
        Assert.InRange(Outside(s => s.Value < s.Assessment.Lower999 || s.Value > s.Assessment.Upper999), 0.0002, 0.003);
    }

    [Fact]
    public void After_a_constant_history_another_value_has_p_of_1_in_the_history_length()
    {
        // A week has 2016 points, of which the first 50 have no evidence: 1 in 1967 is all that can be said, a score of
        // 66. More would be invented, less would be deaf.
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

        // And it can begin to live all the same.
        world.Points(Fortnight, Calm);
        Assert.InRange(world.Steps[^1].Assessment.Expected, 98, 102);
    }

    [Fact]
    public void Single_extreme_value_leaves_the_baseline_unchanged()
    {
        // A counter that went below zero: 2⁶⁴ − 1.
        var (whole, hit) = (Usual(), Usual());
        whole.One(Calm(Fortnight));
        hit.One(ulong.MaxValue);
        whole.Points(3 * Day, Calm);
        hit.Points(3 * Day, Calm);

        Assert.InRange(hit.Alerts, 0, 1);
        foreach (var (one, other) in whole.Steps.Zip(hit.Steps).Skip(Fortnight + Day))
        {
            Assert.Equal(one.Assessment.Expected, other.Assessment.Expected, 2.0);
            Assert.InRange(other.Assessment.Upper99 - other.Assessment.Lower99, 4, 10);
        }

        // Once such a value has come, a spike is as rare as the history is long, and no more.
        Assert.InRange(hit.One(Calm(Fortnight + 1 + (3 * Day)) + 15).Score, 60, 100);
    }

    [Fact]
    public void Duplicate_or_backward_timestamps_leave_the_detector_usable()
    {
        var world = Usual();
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
        PointAssessment Of(double volume) => world.Monitor.Detector.Score(new Observation(at, 0.2, volume));
        Assert.True(Of(5).Evidence < Of(500).Evidence);
        Assert.InRange(Of(5).Score.Percent, 0, 60);
        Assert.Equal(100, Of(500).Score.Percent, 1.0);
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

    private static IEnumerable<string> Fired(World world) => world.Steps.Skip(Fortnight).SelectMany(step => step.Fired);

    /// <summary>Two weeks without fault or alert.</summary>
    private static World Usual()
    {
        var world = new World().Points(Fortnight, Calm);
        Assert.Equal(0, world.Alerts);
        return world;
    }

    /// <summary>
    /// A daily curve of ±10 around 100 with a noise of one deviation: a function of the point's number alone.
    /// </summary>
    private static double Calm(long i) =>
        100 + (10 * Math.Sin(2 * Math.PI * i / Day)) + new Random((int)i + 1000).Normal();
}
