using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Tests.Statistics;
using Cpf.Ml.Scoring.Transactions;

namespace Cpf.Ml.Scoring.Tests.Transactions;

/// <summary>What becomes the baseline, and what must not.</summary>
public sealed class LearningTests
{
    private const int Day = 288;
    private const int Fortnight = 14 * Day;

    [Fact]
    public void Seasonal_profile_learns_the_quiet_weekend()
    {
        var world = new World().Points(6 * 7 * Day, i => Week(World.Monday.AddMinutes(5 * i), i));
        var profile = world.Monitor.Detector.WeekProfile();

        for (var hour = 0; hour < profile.Length; hour++)
        {
            var truth = Enumerable.Range(0, 12).Average(m => Mean(World.Monday.AddHours(hour).AddMinutes(5 * m)));
            // of 100 on a working day at its peak, and 30 on a Sunday
            Assert.InRange(profile[hour], truth - 10, truth + 10);
        }
    }

    [Fact]
    public void Public_holiday_is_expected_to_look_like_a_Sunday()
    {
        // 14 July 2026 is a Tuesday. Four weeks before it, then the day: as quiet as a Sunday.
        var paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
        var holiday = new DateTimeOffset(2026, 7, 14, 0, 0, 0, TimeSpan.FromHours(2));
        World Lived(bool holidays)
        {
            var world = new World(MetricKind.Volume, zone: "Europe/Paris", holidays: holidays);
            var start = holiday.AddDays(-36);
            world.At(start).Points(37 * Day, i =>
            {
                var local = TimeZoneInfo.ConvertTime(start.AddMinutes(5 * i), paris);
                return Week(local.Date == holiday.Date ? local.AddDays(5) : local, i);
            });
            return world;
        }

        var (knows, ignores) = (Lived(true), Lived(false));

        // From six in the morning on: the step at midnight, from a Monday to a Sunday, is seen by tests that know no
        // calendar.
        List<World.Step> Awake(World world) => [.. world.Steps.TakeLast(Day * 3 / 4)];
        int Doubts(World world) => Awake(world).Count(step => step.Assessment.PValue <= 0.05);
        double Missed(World world) => Math.Abs(Awake(world).Average(step => step.Assessment.Residual));
        Assert.DoesNotContain(Awake(knows), step => step.Transition == AlertTransition.Open);
        Assert.True(
            Doubts(ignores) > 3 * Doubts(knows),
            $"{Doubts(ignores)} doubtful points, and {Doubts(knows)} when it is known");
        Assert.InRange(Missed(knows), 0, Missed(ignores) / 3);
    }

    [Theory]
    [InlineData(2026, 3, 29)]
    [InlineData(2026, 10, 25)]
    public void Clock_change_raises_no_alert(int year, int month, int day)
    {
        var paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
        var change = new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero);
        var world = new World(MetricKind.Volume, zone: "Europe/Paris").At(change.AddDays(-28));
        world.Points(30 * Day, i => Week(TimeZoneInfo.ConvertTime(change.AddDays(-28).AddMinutes(5 * i), paris), i));

        Assert.Equal(0, world.Steps.TakeLast(2 * Day).Count(step => step.Transition == AlertTransition.Open));
    }

    [Fact]
    public void Six_hour_incident_leaves_the_baseline_unchanged()
    {
        var (calm, hit) = (new World().Points(Fortnight, Calm), new World().Points(Fortnight, Calm));
        calm.Points(72, Calm);
        hit.Points(72, i => Calm(i) + 15);
        Assert.True(hit.Monitor.Rule.IsOpen);
        calm.Points(2 * Day, Calm);
        hit.Points(2 * Day, Calm);

        Assert.Equal(1, hit.Alerts);
        Assert.False(hit.Monitor.Rule.IsOpen);
        foreach (var (expected, actual) in calm.Steps.Zip(hit.Steps).Skip(Fortnight + 72))
        {
            // The noise has a deviation of 1, the incident one of 15.
            Assert.Equal(expected.Assessment.Expected, actual.Assessment.Expected, 1.0);
        }

        foreach (var (expected, actual) in calm.Monitor.Detector.WeekProfile().Zip(hit.Monitor.Detector.WeekProfile()))
        {
            Assert.Equal(expected, actual, 0.5);
        }
    }

    [Fact]
    public void Repeated_incidents_alert_within_six_points_each()
    {
        var world = new World().Points(Fortnight, Calm);
        for (var incident = 0; incident < 3; incident++)
        {
            world.Points(6, i => Calm(i) + 15);
            Assert.True(world.Monitor.Rule.IsOpen);
            world.Points(66, i => Calm(i) + 15).Points(2 * Day, Calm);
            Assert.False(world.Monitor.Rule.IsOpen);
        }
    }

    [Fact]
    public void Points_of_an_open_alert_are_left_out_of_the_exceedance_rate()
    {
        var world = new World().Points(Fortnight, Calm);
        var before = world.Monitor.Detector.Reliability()[0].Count;
        var from = world.Steps.Count;
        world.Points(Day / 2, i => Calm(i) + 15);

        var open = world.Steps.Skip(from).SkipWhile(step => step.Transition != AlertTransition.Open).Count();
        Assert.InRange(open, Day / 2 - 6, Day / 2);
        Assert.Equal(Day / 2 - open, world.Monitor.Detector.Reliability()[0].Count - before);
    }

    [Fact]
    public void Lasting_change_becomes_the_baseline_within_four_days()
    {
        // Ten deviations. One day frozen at most, then the curve takes in a third of what is left with each visit.
        var world = new World().Points(Fortnight, Calm).Points(4 * Day, i => Calm(i) + 10);

        Assert.InRange(world.Alerts, 1, 3);
        Assert.DoesNotContain(world.Steps.TakeLast(2 * Day), step => step.Transition != AlertTransition.None);
        var last = world.Steps.TakeLast(Day / 2).ToList();
        Assert.InRange(last.Average(step => step.Assessment.Expected - Calm(step.At, shift: 10)), -1, 1);
        Assert.InRange(last.Average(step => step.Score), 0, 25);
    }

    /// <summary>
    /// A daily curve of ±10 around 100 with a noise of one deviation: a function of the point's number alone.
    /// </summary>
    private static double Calm(long i) =>
        100 + (10 * Math.Sin(2 * Math.PI * i / Day)) + new Random((int)i + 5000).Normal();

    private static double Calm(DateTimeOffset at, double shift) =>
        100 + shift + (10 * Math.Sin(2 * Math.PI * at.TimeOfDay.TotalDays));

    private static double Week(DateTimeOffset local, long i) => new Random((int)i).Poisson(Mean(local));

    /// <summary>Most at 14 h, least at 2 h, and less on Saturdays and Sundays.</summary>
    private static double Mean(DateTimeOffset local) =>
        (55 - (45 * Math.Cos(2 * Math.PI * (local.TimeOfDay.TotalHours - 2) / 24)))
            * (local.DayOfWeek switch { DayOfWeek.Sunday => 0.3, DayOfWeek.Saturday => 0.5, _ => 1 });
}
