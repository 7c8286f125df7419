using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Tests.Statistics;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Evidence;

namespace Cpf.Ml.Scoring.Tests.Transactions;

/// <summary>Each kind of fault fires its test and raises an alert; other variation does not.</summary>
public sealed partial class SeriesDetectorTests
{
    private const int Day = 288;
    private const int Fortnight = 14 * Day;

    [Fact]
    public void Flat_line_is_detected_within_two_hours()
    {
        var world = Seasonal();
        var held = world.Steps[^1].Value;
        world.Points(24, _ => held);

        Assert.Contains(SeriesTestNames.FlatLine, Fired(world));
        Assert.Equal(1, world.Alerts);
    }

    [Fact]
    public void Flat_line_alert_stays_open_until_the_values_vary()
    {
        var world = Seasonal();
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
        var world = Seasonal();
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

    /// <summary>Each fault fires the test that responds to it, with the direction of the fault.</summary>
    [Theory]
    [InlineData("point", 8, 1)]
    [InlineData("difference", -12, 1)]
    [InlineData("local", 8, 1)]
    [InlineData("level-12", 2, 12)]
    [InlineData("level-48", -2, 48)]
    [InlineData("sustained", 3, 12)]
    public void Fault_fires_its_test(string test, double shift, int points)
    {
        // Without a season, which would hide the level of two days ago.
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
        var world = Seasonal();
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
        var world = Seasonal();
        world.Points(80, i => Calm(i) + shift);

        var findings = world.Steps.TakeLast(80).SelectMany(step => step.Assessment.FiredTests())
            .Where(found => found.Name == test).ToList();
        Assert.NotEmpty(findings);
        Assert.All(findings, found => Assert.Equal(Math.Sign(shift), found.Direction));
    }

    [Fact]
    public void Fourfold_noise_fires_the_variance_test_and_an_alert_within_an_hour()
    {
        var world = Seasonal();
        var random = new Random(77);
        world.Points(12, i => Calm(i) + (4 * random.Normal()));

        Assert.Contains("variance", Fired(world));
        Assert.Equal(1, world.Alerts);
    }

    [Fact]
    public void Slow_drift_is_detected_before_it_reaches_three_deviations()
    {
        var world = Seasonal();
        world.Points(300, i => Calm(i) + (0.01 * (i - Fortnight)));

        Assert.Contains("drift", Fired(world));
        Assert.True(world.Alerts > 0);
    }

    [Fact]
    public void Value_beyond_all_before_is_a_record_at_any_time_of_day()
    {
        var world = Seasonal();
        Assert.DoesNotContain(SeriesTestNames.Record, world.One(Calm(Fortnight)).Fired);

        Assert.Contains(SeriesTestNames.Record, world.One(130).Fired);
    }

    [Fact]
    public void Value_usual_at_noon_is_anomalous_at_midnight()
    {
        var world = Seasonal();
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
        var world = Seasonal();
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
        var world = Seasonal();
        world.Points(20 * Day, Calm);
        var points = world.Steps.Skip(7 * Day).ToList();
        double Outside(Func<World.Step, bool> beyond) => points.Count(beyond) / (double)points.Count;

        Assert.InRange(Outside(s => s.Value < s.Assessment.Lower99 || s.Value > s.Assessment.Upper99), 0.005, 0.02);
        Assert.InRange(Outside(s => s.Value < s.Assessment.Lower999 || s.Value > s.Assessment.Upper999), 0.0002, 0.003);
    }

    private static IEnumerable<string> Fired(World world) => world.Steps.Skip(Fortnight).SelectMany(step => step.Fired);

    /// <summary>Two weeks of a daily cycle without fault or alert.</summary>
    private static World Seasonal()
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
