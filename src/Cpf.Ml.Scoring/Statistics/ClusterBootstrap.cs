using MathNet.Numerics.Distributions;

namespace Cpf.Ml.Scoring.Statistics;

/// <summary>Where a ratio of sums over clusters lies, by drawing clusters with replacement.</summary>
/// <remarks>Reference: Efron (1987), <i>Better Bootstrap Confidence Intervals</i> (BCa). Many clusters are first put
/// together by chance, which leaves their sums independent.</remarks>
internal static class ClusterBootstrap
{
    private const int Draws = 1000;

    /// <summary>So many sums tell a spread to about two in a hundred.</summary>
    private const int MostClusters = 1000;

    /// <param name="numerators">Of each cluster.</param>
    /// <param name="denominators">Of each cluster, at least 0.</param>
    /// <returns>NaN where there are fewer than two clusters or no ratio.</returns>
    public static (double Low, double High) Ratio(
        IReadOnlyList<double> numerators, IReadOnlyList<double> denominators, double level, int seed)
    {
        var (random, n) = (new Random(seed), Math.Min(numerators.Count, MostClusters));
        var (over, under) = (new double[n], new double[n]);
        for (var i = 0; i < numerators.Count; i++)
        {
            var place = i < n ? i : random.Next(n);
            over[place] += numerators[i];
            under[place] += denominators[i];
        }

        var (a, b) = (over.Sum(), under.Sum());
        if (n < 2 || !(a > 0 && b > 0))
        {
            return (double.NaN, double.NaN);
        }

        var drawn = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            var (one, other) = (0.0, 0.0);
            for (var i = 0; i < n; i++)
            {
                var place = random.Next(n);
                one += over[place];
                other += under[place];
            }

            drawn[draw] = other > 0 ? one / other : double.PositiveInfinity;
        }

        Array.Sort(drawn);
        var ratio = a / b;
        var bias = Normal.InvCDF(0, 1, Math.Clamp((drawn.Count(one => one < ratio)
            + (drawn.Count(one => one == ratio) / 2.0)) / Draws, 0.5 / Draws, 1 - (0.5 / Draws)));
        var acceleration = Acceleration(over, under, a, b);
        double At(double share)
        {
            var z = bias + Normal.InvCDF(0, 1, share);
            var place = Normal.CDF(0, 1, bias + (z / (1 - (acceleration * z)))) * (Draws - 1);
            var below = (int)Math.Floor(place);
            return drawn[below] + ((place - below) * (drawn[Math.Min(below + 1, Draws - 1)] - drawn[below]));
        }

        return (At((1 - level) / 2), At((1 + level) / 2));
    }

    /// <summary>By leaving each cluster out.</summary>
    private static double Acceleration(double[] over, double[] under, double a, double b)
    {
        double[] left = [.. over.Zip(under, (one, other) => b - other > 0 ? (a - one) / (b - other) : a / b)];
        var mean = left.Average();
        var squares = left.Sum(one => (mean - one) * (mean - one));
        return squares > 0 ? left.Sum(one => Math.Pow(mean - one, 3)) / (6 * Math.Pow(squares, 1.5)) : 0;
    }
}
