using MathNet.Numerics.Distributions;

namespace Cpf.Ml.Scoring.Statistics;

/// <summary>Confidence interval of a ratio of sums over clusters, by the cluster bootstrap.</summary>
/// <remarks>Reference: Efron (1987), <i>Better Bootstrap Confidence Intervals</i> (BCa). More than 1 000 clusters are
/// first merged at random, which leaves their sums independent.</remarks>
internal static class ClusterBootstrap
{
    private const int Draws = 1000;

    /// <summary>A spread estimated from this many sums is right to about two in a hundred.</summary>
    private const int MaxClusters = 1000;

    /// <summary>BCa interval of Σ numerators ÷ Σ denominators.</summary>
    /// <param name="numerators">Shape (clusters).</param>
    /// <param name="denominators">Shape (clusters), each at least 0.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <param name="seed">Of the resampling.</param>
    /// <returns>Both NaN with fewer than two clusters, or where either sum is not positive.</returns>
    public static (double Low, double High) Ratio(
        IReadOnlyList<double> numerators, IReadOnlyList<double> denominators, double level, int seed)
    {
        var (random, n) = (new Random(seed), Math.Min(numerators.Count, MaxClusters));
        var (over, under) = (new double[n], new double[n]);
        for (var i = 0; i < numerators.Count; i++)
        {
            var cluster = i < n ? i : random.Next(n);
            over[cluster] += numerators[i];
            under[cluster] += denominators[i];
        }

        var (a, b) = (over.Sum(), under.Sum());
        if (n < 2 || !(a > 0 && b > 0))
        {
            return (double.NaN, double.NaN);
        }

        var ratios = Resample(over, under, random);
        var ratio = a / b;
        var bias = Normal.InvCDF(0, 1, Math.Clamp((ratios.Count(drawn => drawn < ratio)
            + (ratios.Count(drawn => drawn == ratio) / 2.0)) / Draws, 0.5 / Draws, 1 - (0.5 / Draws)));
        var acceleration = Acceleration(over, under, a, b);
        double Quantile(double share)
        {
            var z = bias + Normal.InvCDF(0, 1, share);
            var position = Normal.CDF(0, 1, bias + (z / (1 - (acceleration * z)))) * (Draws - 1);
            var below = (int)Math.Floor(position);
            return ratios[below] + ((position - below) * (ratios[Math.Min(below + 1, Draws - 1)] - ratios[below]));
        }

        return (Quantile((1 - level) / 2), Quantile((1 + level) / 2));
    }

    /// <returns>Ratios of the bootstrap samples, smallest first; +∞ where the denominator is 0.</returns>
    private static double[] Resample(double[] over, double[] under, Random random)
    {
        var ratios = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            var (a, b) = (0.0, 0.0);
            for (var i = 0; i < over.Length; i++)
            {
                var cluster = random.Next(over.Length);
                a += over[cluster];
                b += under[cluster];
            }

            ratios[draw] = b > 0 ? a / b : double.PositiveInfinity;
        }

        Array.Sort(ratios);
        return ratios;
    }

    /// <summary>The acceleration constant, by the jackknife over clusters.</summary>
    private static double Acceleration(double[] over, double[] under, double a, double b)
    {
        double[] jackknife = [.. over.Zip(under, (x, y) => b - y > 0 ? (a - x) / (b - y) : a / b)];
        var mean = jackknife.Average();
        var squares = jackknife.Sum(ratio => (mean - ratio) * (mean - ratio));
        return squares > 0 ? jackknife.Sum(ratio => Math.Pow(mean - ratio, 3)) / (6 * Math.Pow(squares, 1.5)) : 0;
    }
}
