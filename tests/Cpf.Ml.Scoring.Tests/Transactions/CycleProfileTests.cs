using Cpf.Ml.Scoring.Tests.Statistics;
using Cpf.Ml.Scoring.Transactions.Baselines;
using Cpf.Ml.Scoring.Transactions.Evidence;

namespace Cpf.Ml.Scoring.Tests.Transactions;

public sealed class CycleProfileTests
{
    private const int Hour = 60;
    private const int Day = 24 * Hour;

    [Fact]
    public void Hourly_job_is_expected_after_a_day_and_raises_no_alert_after_a_week()
    {
        var (world, noise) = (new World(minutes: 1), Noise.Of("gaussian", seed: 3, Day));
        double Job(long i) => noise(i) + (i % Hour == 17 ? 8 : 0);
        world.Days(9, Job);

        var jobs = world.Steps.Skip(7 * Day).Where(step => step.At.Minute == 17).ToList();
        Assert.All(jobs, step => Assert.InRange(step.Assessment.Expected, 106, 109));
        Assert.InRange(jobs.Average(step => step.Score), 0, 15);
        Assert.Equal(0, world.Alerts);
    }

    [Fact]
    public void Missing_hourly_job_is_anomalous()
    {
        var (world, noise) = (new World(minutes: 1), Noise.Of("gaussian", seed: 3, Day));
        world.Days(9, i => noise(i) + (i % Hour == 17 ? 8 : 0)).Points(17, noise);
        var missed = world.One(noise(0));

        Assert.Equal(17, missed.At.Minute);
        Assert.InRange(missed.Score, 60, 100);
    }

    [Fact]
    public void Series_without_an_hourly_cycle_has_no_hourly_component()
    {
        var profile = new CycleProfile();
        var random = new Random(8);
        for (var i = 0; i < 14 * Day; i++)
        {
            profile.Learn(i * 60_000L, random.Normal(), noise: 0.8);
            Assert.Equal(0, profile.Component(i * 60_000L, interval: 60_000, noise: 0.8));
        }
    }

    [Fact]
    public void Flat_line_is_found_in_a_series_with_an_hourly_cycle()
    {
        var (world, noise) = (new World(minutes: 1), Noise.Of("gaussian", seed: 3, Day));
        world.Days(9, i => noise(i) + (i % Hour == 17 ? 8 : 0));
        world.Points(40, _ => 100.5);

        Assert.Contains(SeriesTestNames.FlatLine, world.Steps[^1].Fired);
    }
}
