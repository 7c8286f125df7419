using Cpf.Ml.Scoring.Statistics;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Statistics;

public sealed class LogHistogramTests
{
    /// <summary>The widest bin is [1, 1.25) times a power of two.</summary>
    private const double BinWidth = 1.25;

    /// <summary>Eleven octaves: whichever comes first, the window holds them all.</summary>
    private static readonly Gen<double[]> Positive = Gen.Double[-4, 4].Select(Math.Exp).Array[60, 400];

    [Fact]
    public void P_value_equals_the_rank_to_within_one_bin() =>
        Gen.Select(Positive, Gen.Double[-4, 4]).Sample((values, log) =>
        {
            var (histogram, x) = (Of(values), Math.Exp(log));
            double AtLeast(double bound) => values.Count(value => value >= bound);
            if (AtLeast(BinWidth * x) < Math.Max(10, 0.02 * values.Length))
            {
                return true; // the tail is another test
            }

            var p = Math.Pow(10, -histogram.Surprisal(x));
            var n = values.Length + 1;
            return p >= ((AtLeast(BinWidth * x) + 1) / n) - 1e-9 && p <= ((AtLeast(x / BinWidth) + 1) / n) + 1e-9;
        });

    [Fact]
    public void Surprisal_never_falls_with_the_value() =>
        Gen.Select(Positive, Gen.Double[-9, 9], Gen.Double[0, 4], Gen.Int[0, 80]).Sample((values, log, step, zeros) =>
        {
            var histogram = Of([.. values, .. new double[zeros]]);
            return histogram.Surprisal(Math.Exp(log)) <= histogram.Surprisal(Math.Exp(log + step)) + 1e-12;
        });

    [Fact]
    public void Fewer_than_30_values_give_no_surprisal()
    {
        var histogram = Of([.. Enumerable.Repeat(1.0, 29)]);
        Assert.Equal(0, histogram.Surprisal(1e9));
        Assert.True(double.IsNaN(histogram.UpperQuantile(0.01)));

        histogram.Add(1);
        Assert.True(histogram.Surprisal(1e9) > 0);
    }

    [Fact]
    public void Pareto_tail_extends_beyond_the_largest_value_seen()
    {
        // Exponential: a value of 5 + ln 1000 is exceeded 6.7e-6 times in one, though only 5 000 were seen.
        var random = new Random(1);
        var histogram = Of([.. Enumerable.Range(0, 5000).Select(_ => random.Exponential())]);

        Assert.InRange(histogram.Surprisal(Math.Log(1e3)), 2.7, 3.3);
        Assert.InRange(histogram.Surprisal(Math.Log(1e5)), 4.2, 5.8);
        Assert.Equal(LogHistogram.MaxSurprisal, histogram.Surprisal(50));
    }

    [Fact]
    public void Upper_quantile_inverts_the_surprisal()
    {
        var random = new Random(2);
        var histogram = Of([.. Enumerable.Range(0, 5000).Select(_ => random.Exponential())]);

        foreach (var p in new[] { 0.5, 0.1, 0.01, 0.001 })
        {
            Assert.InRange(histogram.UpperQuantile(p), 0.9 * -Math.Log(p), 1.1 * -Math.Log(p));
            Assert.Equal(-Math.Log10(p), histogram.Surprisal(histogram.UpperQuantile(p)), 0.1);
        }
    }

    [Fact]
    public void Single_extreme_value_leaves_the_sensitivity_unchanged()
    {
        var random = new Random(3);
        var values = Enumerable.Range(0, 2000).Select(_ => 1 + random.NextDouble()).ToArray();
        var histogram = Of([.. values, 1e30, .. values]);

        // Half of the values still lie above 1.5, and ten times a typical value is still rare.
        Assert.Equal(-Math.Log10(0.5), histogram.Surprisal(1.5), 0.1);
        Assert.InRange(histogram.Surprisal(20), 3, LogHistogram.MaxSurprisal);
    }

    [Fact]
    public void Extreme_first_value_is_forgotten()
    {
        var histogram = Of([1e30, .. Enumerable.Repeat(1.0, 200)]);

        Assert.InRange(histogram.Surprisal(100), 2, LogHistogram.MaxSurprisal);
    }

    [Fact]
    public void After_only_zeros_any_other_value_is_as_rare_as_one_in_all_values()
    {
        // One in 101 by rank: nothing is known of a tail that was never seen.
        var histogram = Of(new double[100]);

        Assert.Equal(0, histogram.Surprisal(0));
        Assert.Equal(Math.Log10(101), histogram.Surprisal(1e-9), 9);
        Assert.Equal(histogram.Surprisal(1e-9), histogram.Surprisal(1e9), 9);
        Assert.Equal(0, histogram.UpperQuantile(0.01));
    }

    [Fact]
    public void Full_bin_keeps_the_ranks()
    {
        var histogram = Of([.. Enumerable.Range(0, 100_000).Select(i => i % 4 == 0 ? 10.0 : 1.0)]);

        Assert.Equal(-Math.Log10(0.25), histogram.Surprisal(10), 0.01);
        Assert.Equal(-Math.Log10(0.25), histogram.Surprisal(5), 0.01);
        Assert.Equal(0, histogram.Surprisal(1), 0.01);
    }

    private static LogHistogram Of(ReadOnlySpan<double> values)
    {
        var histogram = new LogHistogram();
        foreach (var value in values)
        {
            histogram.Add(value);
        }

        return histogram;
    }
}
