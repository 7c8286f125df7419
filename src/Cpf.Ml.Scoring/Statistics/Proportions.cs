using MathNet.Numerics.Distributions;

namespace Cpf.Ml.Scoring.Statistics;

/// <summary>What shares of few are worth, and how many are needed to tell two apart.</summary>
public static class Proportions
{
    /// <summary>Wilson (1927): where a share lies.</summary>
    /// <param name="level">Of confidence, two-sided.</param>
    public static (double Low, double High) Interval(int hits, int all, double level = 0.95)
    {
        var (z, p) = (Normal.InvCDF(0, 1, (1 + level) / 2), (double)hits / all);
        var (centre, half, scale) = (p + (z * z / (2 * all)),
            z * Math.Sqrt((p * (1 - p) / all) + (z * z / (4.0 * all * all))), 1 + (z * z / all));
        return (Math.Max(0, (centre - half) / scale), Math.Min(1, (centre + half) / scale));
    }

    /// <summary>Observations of each of two groups with which shares p and q are told apart, two-sided.</summary>
    public static int Needed(double p, double q, double alpha = 0.05, double power = 0.8)
    {
        var (za, zb, mean) = (Normal.InvCDF(0, 1, 1 - (alpha / 2)), Normal.InvCDF(0, 1, power), (p + q) / 2);
        var root =
            ((za * Math.Sqrt(2 * mean * (1 - mean))) + (zb * Math.Sqrt((p * (1 - p)) + (q * (1 - q))))) / (p - q);
        return (int)Math.Ceiling(root * root);
    }
}
