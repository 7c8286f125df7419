using MathNet.Numerics.Distributions;

namespace Cpf.Ml.Scoring.Neutrality.Audit;

/// <summary>P-value of a group's sum when the labels of the group are permuted within every stratum.</summary>
/// <remarks>Exact where all labellings can be listed; by drawing where strata are few; else by the exact mean and
/// variance of the labellings (Mantel 1963).</remarks>
internal static class StratifiedPermutation
{
    private const double MaxListed = 100_000;
    private const int MinStrataForNormal = 50;
    private const int Draws = 9_999;
    private const double Slack = 1e-12;

    /// <param name="strata">Of each offer what it got beyond its share, which sum to 0 in a stratum, and whether it is
    /// the group's.</param>
    public static double PValue(IReadOnlyList<(double Residual, bool IsOwn)[]> strata)
    {
        var observed = Math.Abs(strata.Sum(stratum => stratum.Sum(row => row.IsOwn ? row.Residual : 0))) - Slack;
        var labellings = strata.Aggregate(
            1.0, (product, stratum) => product * Math.Exp(Choose(stratum.Length, stratum.Count(row => row.IsOwn))));
        if (labellings <= MaxListed)
        {
            var sums = new List<double> { 0 };
            foreach (var stratum in strata)
            {
                var parts = Sums([.. stratum.Select(row => row.Residual)], stratum.Count(row => row.IsOwn));
                sums = [.. sums.SelectMany(_ => parts, (sum, part) => sum + part)];
            }

            return (double)sums.Count(sum => Math.Abs(sum) >= observed) / sums.Count;
        }

        if (strata.Count < MinStrataForNormal)
        {
            return Drawn(strata, observed);
        }

        var variance = strata.Sum(stratum => stratum.Count(row => row.IsOwn) is var own && stratum.Length > 1
            ? (double)own * (stratum.Length - own) / stratum.Length / (stratum.Length - 1) * stratum
                .Sum(row => row.Residual * row.Residual)
            : 0);
        return variance > 0 ? Math.Min(1, 2 * Normal.CDF(0, 1, -Math.Max(0, observed) / Math.Sqrt(variance))) : 1;
    }

    private static double Drawn(IReadOnlyList<(double Residual, bool IsOwn)[]> strata, double observed)
    {
        var (random, hits) = (new Random(1), 0);
        var pools = strata.Select(stratum => (Values: stratum.Select(row => row.Residual).ToArray(),
            Own: stratum.Count(row => row.IsOwn))).ToList();
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

    /// <summary>Sums of all subsets of this size.</summary>
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
