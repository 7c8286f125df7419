using MathNet.Numerics.Distributions;

namespace Cpf.Ml.Scoring.Neutrality.Audit;

/// <summary>Chance that a group's sum is as far from what is expected when, in every stratum, which offers are the
/// group's is drawn anew.</summary>
/// <remarks>Exact where all labellings can be listed; by drawing where strata are few; else by the exact mean and
/// variance of the labellings (Mantel 1963).</remarks>
internal static class StratifiedPermutation
{
    private const double MostListed = 100_000;
    private const int FewStrata = 50;
    private const int Draws = 9_999;
    private const double Slack = 1e-12;

    /// <param name="strata">Of each offer what it got beyond its share, which sum to 0 in a stratum, and whether it is
    /// the group's.</param>
    public static double P(IReadOnlyList<(double Residual, bool IsOwn)[]> strata)
    {
        var observed = Math.Abs(strata.Sum(stratum => stratum.Sum(one => one.IsOwn ? one.Residual : 0))) - Slack;
        var labellings = strata.Aggregate(
            1.0, (product, stratum) => product * Math.Exp(Choose(stratum.Length, stratum.Count(one => one.IsOwn))));
        if (labellings <= MostListed)
        {
            var sums = new List<double> { 0 };
            foreach (var stratum in strata)
            {
                var parts = Sums([.. stratum.Select(one => one.Residual)], stratum.Count(one => one.IsOwn));
                sums = [.. sums.SelectMany(_ => parts, (sum, part) => sum + part)];
            }

            return (double)sums.Count(sum => Math.Abs(sum) >= observed) / sums.Count;
        }

        if (strata.Count < FewStrata)
        {
            return Drawn(strata, observed);
        }

        var variance = strata.Sum(stratum => stratum.Count(one => one.IsOwn) is var own && stratum.Length > 1
            ? (double)own * (stratum.Length - own) / stratum.Length / (stratum.Length - 1) * stratum
                .Sum(one => one.Residual * one.Residual)
            : 0);
        return variance > 0 ? Math.Min(1, 2 * Normal.CDF(0, 1, -Math.Max(0, observed) / Math.Sqrt(variance))) : 1;
    }

    private static double Drawn(IReadOnlyList<(double Residual, bool IsOwn)[]> strata, double observed)
    {
        var (random, hits) = (new Random(1), 0);
        var pools = strata.Select(stratum => (Values: stratum.Select(one => one.Residual).ToArray(),
            Own: stratum.Count(one => one.IsOwn))).ToList();
        for (var draw = 0; draw < Draws; draw++)
        {
            var sum = 0.0;
            foreach (var (values, own) in pools)
            {
                for (var i = 0; i < own; i++)
                {
                    var j = random.Next(i, values.Length);
                    (values[i], values[j]) = (values[j], values[i]);
                    sum += values[i];
                }
            }

            hits += Math.Abs(sum) >= observed ? 1 : 0;
        }

        return (hits + 1.0) / (Draws + 1);
    }

    /// <summary>Of all ways to take so many, their sums.</summary>
    private static List<double> Sums(double[] values, int take)
    {
        var sums = new List<double>();
        void Take(int from, int left, double sum)
        {
            if (left == 0)
            {
                sums.Add(sum);
                return;
            }

            for (var i = from; i <= values.Length - left; i++)
            {
                Take(i + 1, left - 1, sum + values[i]);
            }
        }

        Take(0, take, 0);
        return sums;
    }

    private static double Choose(int n, int k) => MathNet.Numerics.SpecialFunctions.FactorialLn(n)
        - MathNet.Numerics.SpecialFunctions.FactorialLn(k) - MathNet.Numerics.SpecialFunctions.FactorialLn(n - k);
}
