using Cpf.Ml.Scoring.Tests.Statistics;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Baselines;
using Cpf.Ml.Scoring.Transactions.Detection;

namespace Cpf.Ml.Scoring.Tests.Transactions;

/// <summary>Periods that nobody asked for.</summary>
public sealed class PeriodTests
{
    private const int Day = 1440;

    [Theory]
    [InlineData(13, 2, 1)]
    [InlineData(45, 2, 1)]
    [InlineData(90, 6, 1)]
    [InlineData(45, 3, 5)]
    public void Period_of_a_wave_in_noise_is_found_to_the_minute(int period, int height, int interval)
    {
        var random = new Random(period);
        Assert.Equal(
            period,
            Find(
                minute => (20 * World.Day(World.Monday.AddMinutes(minute)))
                    + (height * Math.Sin(2 * Math.PI * minute / period)) + random.Normal(),
                interval));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(100)]
    [InlineData(350)]
    public void Period_of_a_job_of_four_minutes_is_found(int period)
    {
        var random = new Random(period);
        Assert.Equal(period, Find(minute => random.Normal() + (minute % period < 4 ? 5 : 0), 1));
    }

    [Fact]
    public void Fractional_minute_period_is_found_to_a_few_seconds()
    {
        var random = new Random(1);
        Assert.Equal(47.3, Find(minute => (2 * Math.Sin(2 * Math.PI * minute / 47.3)) + random.Normal(), 1), 0.1);
    }

    [Theory]
    [InlineData("gaussian")]
    [InlineData("student-3")]
    [InlineData("ar-0.9")]
    [InlineData("poisson")]
    [InlineData("rare-counts")]
    [InlineData("seasonal-counts")]
    [InlineData("log-normal")]
    [InlineData("trend")]
    [InlineData("uniform-steps")]
    public void No_period_is_found_in_series_without_one(string noise)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            Assert.Equal(0, Find(Noise.Of(noise, seed, Day), 1));
        }
    }

    [Fact]
    public void No_period_is_found_in_a_random_walk()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var (random, position) = (new Random(seed), 0.0);
            Assert.Equal(0, Find(_ => position += random.Normal(), 1));
        }
    }

    [Fact]
    public void Missing_cycle_of_a_found_period_is_anomalous()
    {
        const int Period = 47;
        var (world, noise) = (new World(minutes: 1), Noise.Of("gaussian", seed: 3, Day));
        world.Days(9, i => noise(i) + (i % Period < 3 ? 6 : 0));
        var pulses = world.Steps.Skip(7 * Day).Where((_, i) => ((7 * Day) + i) % Period == 1).ToList();

        Assert.Equal(TimeSpan.FromMinutes(Period), world.Monitor.Detector.Seasonality.Cycle);
        Assert.InRange(pulses.Average(step => step.Assessment.Expected), 104, 107);
        Assert.Equal(0, world.Alerts);

        world.Points(Period, noise);
        Assert.True(world.Steps[^Period..].Max(step => step.Score) > 60);
    }

    [Fact]
    public void Period_search_continues_bit_for_bit_after_a_restart()
    {
        const int Period = 47;
        var (whole, noise) = (new World(minutes: 1), Noise.Of("gaussian", seed: 3, Day));
        double Value(long i) => noise(i) + (i % Period < 3 ? 6 : 0);
        whole.Days(1.3, Value);
        var restored = new World(
            SeriesMonitor.Restore(
                new SeriesDetectorOptions { Zone = "UTC", FrenchHolidays = false },
                new AlertRuleOptions(),
                whole.Monitor.Snapshot()),
            TimeSpan.FromMinutes(1))
            .At(whole.Now);
        var values = Enumerable.Range(whole.Steps.Count, 3 * Day).Select(i => Value(i)).ToList();

        Assert.Equal(
            values.Select(value => whole.One(value).Assessment.PValue),
            values.Select(value => restored.One(value).Assessment.PValue));
        Assert.Equal(TimeSpan.FromMinutes(Period), restored.Monitor.Detector.Seasonality.Cycle);
        Assert.Equal(whole.Monitor.Snapshot(), restored.Monitor.Snapshot());
    }

    [Fact]
    public void State_takes_11_KB_during_the_period_search_and_8_KiB_afterwards()
    {
        var (world, noise) = (new World(minutes: 1), Noise.Of("gaussian", seed: 3, Day));
        Assert.InRange(world.Days(1, noise).Monitor.Snapshot().Length, 10_000, 11_264);
        Assert.InRange(world.Days(1.1, noise).Monitor.Snapshot().Length, 1, 8_192);
        Assert.Equal(world.Monitor.Snapshot().Length, world.Days(9, noise).Monitor.Snapshot().Length);
    }

    [Fact]
    public void Seasonality_may_be_absent()
    {
        var (flat, daily) = (new World(minutes: 5), new World(minutes: 5));
        var noise = Noise.Of("gaussian", seed: 4, 288);
        flat.Days(9, noise);
        daily.Days(9, i => noise(i) + (5 * Math.Sin(2 * Math.PI * i / 288)));

        Assert.Equal(
            new Seasonality(0, TimeSpan.Zero),
            flat.Monitor.Detector.Seasonality with { Share = Math.Round(flat.Monitor.Detector.Seasonality.Share, 1) });
        Assert.InRange(daily.Monitor.Detector.Seasonality.Share, 0.85, 0.97);
    }

    /// <returns>Minutes; 0 when there is none.</returns>
    private static double Find(Func<long, double> value, int interval)
    {
        var finder = new PeriodFinder();
        for (long minute = 0; !finder.IsComplete; minute += interval)
        {
            finder.Add(
                World.Monday.AddMinutes(minute).ToUnixTimeMilliseconds(), interval * 60_000, value(minute), noise: 1);
        }

        return finder.Find() / 60_000.0;
    }
}
