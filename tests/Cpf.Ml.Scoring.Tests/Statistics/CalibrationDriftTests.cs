using System.Buffers;
using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Scoring.Tests.Statistics;

public sealed class CalibrationDriftTests
{
    [Fact]
    public void Calibrated_p_values_are_unchanged()
    {
        var drift = After(200_000, inflated: 1);

        Assert.All([1, 0.3, 0.01, 1e-3, 1e-7], p => Assert.Equal(p, drift.Recalibrate(p)));
    }

    [Theory]
    [InlineData(3, 0.01)]
    [InlineData(3, 0.001)]
    [InlineData(10, 0.01)]
    public void P_values_that_are_too_small_are_recalibrated_to_their_rate(double inflated, double nominal)
    {
        var drift = After(200_000, inflated);
        var random = new Random(2);

        var count = 0;
        for (var i = 0; i < 200_000; i++)
        {
            count += drift.Recalibrate(TooSmall(random, inflated)) <= nominal ? 1 : 0;
        }

        Assert.InRange(count / (200_000 * nominal), 1 / 1.3, 1.3);
    }

    [Fact]
    public void P_values_that_are_too_large_are_unchanged()
    {
        var drift = After(200_000, inflated: 0.2);

        Assert.All([1, 0.3, 0.01, 1e-3, 1e-7], p => Assert.Equal(p, drift.Recalibrate(p)));
    }

    [Fact]
    public void Twenty_rare_points_of_one_incident_do_not_recalibrate()
    {
        var drift = After(50_000, inflated: 1);
        for (var i = 0; i < 20; i++)
        {
            drift.Add(1e-4);
        }

        Assert.Equal(1e-2, drift.Recalibrate(1e-2));
    }

    [Fact]
    public void Recalibration_keeps_the_order_of_p_values()
    {
        var drift = new CalibrationDrift();
        var random = new Random(4);
        for (var i = 0; i < 100_000; i++)
        {
            // All that is rare is as rare as 1 in 1 000, fifty times too often.
            drift.Add(random.NextDouble() < 0.05 ? 1e-3 : 0.5);
        }

        var mended = Enumerable.Range(0, 700).Select(i => drift.Recalibrate(Math.Pow(10, -i / 100.0))).ToList();
        Assert.Equal(mended.OrderDescending(), mended);
        Assert.All(mended, p => Assert.InRange(p, double.Epsilon, 1));
    }

    [Fact]
    public void Restored_series_monitor_recalibrates_identically()
    {
        var (drift, restored) = (After(100_000, inflated: 4), new CalibrationDrift());
        var state = new ArrayBufferWriter<byte>();
        drift.Write(new StateWriter(state));
        var reader = new StateReader(state.WrittenSpan);
        restored.Read(ref reader);

        Assert.NotEqual(0.002, drift.Recalibrate(0.002));
        Assert.Equal(drift.Recalibrate(0.002), restored.Recalibrate(0.002));
    }

    private static CalibrationDrift After(int points, double inflated)
    {
        var (drift, random) = (new CalibrationDrift(), new Random(1));
        for (var i = 0; i < points; i++)
        {
            drift.Add(TooSmall(random, inflated));
        }

        return drift;
    }

    /// <summary>A p-value that comes at small rates so many times more often than it says.</summary>
    private static double TooSmall(Random random, double inflated) => Math.Min(1, (1 - random.NextDouble()) / inflated);
}
