using MathNet.Numerics.Distributions;

namespace Cpf.Ml.Scoring.Statistics;

/// <summary>Confidence intervals of proportions, and the sample size of a comparison of two.</summary>
public static class Proportions
{
    /// <summary>The score interval of a proportion (Wilson 1927).</summary>
    /// <param name="successes">0 to <paramref name="trials"/>.</param>
    /// <param name="trials">Positive.</param>
    /// <param name="level">Two-sided confidence level, in (0, 1).</param>
    /// <returns>Both ends in [0, 1].</returns>
    public static (double Low, double High) Interval(int successes, int trials, double level = 0.95)
    {
        var (z, p) = (Normal.InvCDF(0, 1, (1 + level) / 2), (double)successes / trials);
        var (centre, half, scale) = (p + (z * z / (2 * trials)),
            z * Math.Sqrt((p * (1 - p) / trials) + (z * z / (4.0 * trials * trials))), 1 + (z * z / trials));
        return (Math.Max(0, (centre - half) / scale), Math.Min(1, (centre + half) / scale));
    }

    /// <summary>Observations needed in each of two groups for a two-sided test to tell proportions p and q apart
    /// (Fleiss 1981, <i>Statistical Methods for Rates and Proportions</i>, without continuity correction).</summary>
    /// <param name="p">Proportion of the first group, in (0, 1).</param>
    /// <param name="q">Proportion of the second group, in (0, 1), different from <paramref name="p"/>.</param>
    /// <param name="alpha">Significance level, in (0, 1).</param>
    /// <param name="power">Probability of finding the difference, in (0, 1).</param>
    public static int SampleSize(double p, double q, double alpha = 0.05, double power = 0.8)
    {
        var (za, zb, mean) = (Normal.InvCDF(0, 1, 1 - (alpha / 2)), Normal.InvCDF(0, 1, power), (p + q) / 2);
        var root =
            ((za * Math.Sqrt(2 * mean * (1 - mean))) + (zb * Math.Sqrt((p * (1 - p)) + (q * (1 - q))))) / (p - q);
        return (int)Math.Ceiling(root * root);
    }
}
