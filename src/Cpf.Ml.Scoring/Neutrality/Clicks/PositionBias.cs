using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Neutrality.Clicks;

/// <summary>Impressions and clicks of one offer at one position.</summary>
/// <param name="Offer">Id of the offer.</param>
/// <param name="Rank">Rank, from 1.</param>
/// <param name="Impressions">Number of impressions.</param>
/// <param name="Clicks">Number of clicks.</param>
internal readonly record struct RankClicks(string Offer, int Rank, double Impressions, double Clicks);

/// <summary>How likely a position is looked at, against the first: P(click) = θ of the position times γ of the
/// offer.</summary>
/// <remarks>References: Agarwal et al. (2019), <i>Estimating Position Bias without Intrusive Interventions</i>; Wang et
/// al. (2018), regression EM. Offers seen at two positions identify their ratio.</remarks>
internal static class PositionBias
{
    private const int MaxIterations = 20_000;
    private const double Tolerance = 1e-13;

    /// <summary>θ of 1…K, θ₁ = 1, from offers seen at neighbouring positions. NaN from where no offer was seen at both,
    /// or none was clicked.</summary>
    public static ImmutableArray<double> AdjacentChain(IReadOnlyCollection<RankClicks> all)
    {
        var rates = Rates(all);
        var theta = new double[rates.Count == 0 ? 0 : rates.Keys.Max()];
        for (var k = 1; k <= theta.Length; k++)
        {
            theta[k - 1] = k == 1 ? 1 : theta[k - 2] * Ratio(rates, k, k - 1);
        }

        return [.. theta];
    }

    /// <summary>θ of each position by the offers that were seen at it and at the pivot.</summary>
    public static ImmutableArray<double> Pivot(IReadOnlyCollection<RankClicks> all, int pivot)
    {
        var rates = Rates(all);
        double[] theta =
            [.. Enumerable.Range(1, rates.Keys.Max()).Select(k => k == pivot ? 1 : Ratio(rates, k, pivot))];
        return [.. theta.Select(value => value / theta[0])];
    }

    /// <summary>θ from all pairs of positions: the logarithms that fit every pair's ratio best, each pair by itself and
    /// weighed by the offers that it has.</summary>
    public static ImmutableArray<double> AllPairs(IReadOnlyCollection<RankClicks> all)
    {
        var rates = Rates(all);
        var ranks = rates.Keys.Max();
        var (weights, targets) = (new double[ranks, ranks], new double[ranks]);
        for (var i = 1; i <= ranks; i++)
        {
            for (var j = 1; j <= ranks; j++)
            {
                if (i != j && Ratio(rates, i, j) is > 0 and < double.PositiveInfinity and var ratio)
                {
                    double weight = rates[i].Keys.Count(rates[j].ContainsKey);
                    weights[i - 1, i - 1] += weight;
                    weights[i - 1, j - 1] -= weight;
                    targets[i - 1] += weight * Math.Log(ratio);
                }
            }
        }

        // θ₁ = 1: its logarithm is held at 0.
        for (var j = 0; j < ranks; j++)
        {
            weights[0, j] = j == 0 ? 1 : 0;
        }

        targets[0] = 0;
        var logs = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfArray(weights)
            .Solve(MathNet.Numerics.LinearAlgebra.Vector<double>.Build.DenseOfArray(targets));
        return [.. logs.Select(Math.Exp)];
    }

    /// <summary>θ and γ of greatest likelihood, by expectation and maximisation; θ over θ₁.</summary>
    public static (ImmutableArray<double> Theta, ImmutableDictionary<string, double> Gamma) Fit(
        IReadOnlyCollection<RankClicks> all)
    {
        var theta = Enumerable.Repeat(0.9, all.Max(cell => cell.Rank)).ToArray();
        var gamma = all.Select(cell => cell.Offer).Distinct().ToDictionary(offer => offer, _ => 0.5);
        for (var round = 0; round < MaxIterations; round++)
        {
            var (examined, relevant) = (new (double Sum, double N)[theta.Length],
                gamma.ToDictionary(entry => entry.Key, _ => (Sum: 0.0, N: 0.0)));
            foreach (var (offer, rank, n, clicks) in all)
            {
                var (t, g) = (theta[rank - 1], gamma[offer]);
                var none = Math.Max(1e-300, 1 - (t * g));
                var (e, r) = (examined[rank - 1], relevant[offer]);
                examined[rank - 1] = (e.Sum + clicks + ((n - clicks) * (1 - g) * t / none), e.N + n);
                relevant[offer] = (r.Sum + clicks + ((n - clicks) * (1 - t) * g / none), r.N + n);
            }

            var moved = 0.0;
            for (var k = 0; k < theta.Length; k++)
            {
                var next = examined[k].N > 0 ? examined[k].Sum / examined[k].N : double.NaN;
                moved = Math.Max(moved, Math.Abs(next - theta[k]));
                theta[k] = next;
            }

            foreach (var (offer, (sum, n)) in relevant)
            {
                moved = Math.Max(moved, Math.Abs((sum / n) - gamma[offer]));
                gamma[offer] = sum / n;
            }

            if (moved < Tolerance)
            {
                break;
            }
        }

        return ([.. theta.Select(value => value / theta[0])],
            gamma.ToImmutableDictionary(entry => entry.Key, entry => entry.Value * theta[0]));
    }

    /// <summary>Relevance of each offer by clicks that count 1/θ each (inverse propensity), or over the sum of
    /// weights.</summary>
    /// <param name="all">Impressions and clicks of offers by rank.</param>
    /// <param name="theta">Relative chance of each position, the first being 1.</param>
    /// <param name="isSelfNormalised">SNIPS: over the propensities of the impressions instead of their number; steadier
    /// where weights are large.</param>
    /// <param name="maxWeight">Weights beyond are cut.</param>
    public static ImmutableDictionary<string, double> Relevance(IReadOnlyCollection<RankClicks> all,
        IReadOnlyList<double> theta, bool isSelfNormalised = false, double maxWeight = double.PositiveInfinity) =>
            all.GroupBy(cell => cell.Offer)
        .ToImmutableDictionary(group => group.Key, group => isSelfNormalised
            ? group.Sum(cell => cell.Clicks) / group
                .Sum(cell => cell.Impressions * Math.Max(theta[cell.Rank - 1], 1 / maxWeight))
            : group.Sum(cell => cell.Clicks * Math.Min(1 / theta[cell.Rank - 1], maxWeight)) / group
                .Sum(cell => cell.Impressions));

    /// <summary>What unequal weights leave of a sample: (Σw)² / Σw².</summary>
    public static double EffectiveSize(IEnumerable<double> weights)
    {
        var (sum, squares) = weights.Aggregate(
            (0.0, 0.0), (so, weight) => (so.Item1 + weight, so.Item2 + (weight * weight)));
        return squares == 0 ? 0 : sum * sum / squares;
    }

    /// <summary>Clicks over impressions of each position, whatever stood there.</summary>
    public static ImmutableArray<double> NaiveRates(IReadOnlyCollection<RankClicks> all) =>
        [.. Enumerable.Range(1, all.Max(cell => cell.Rank)).Select(rank => all.Where(cell => cell.Rank == rank)
            .Sum(cell => cell.Clicks) / all.Where(cell => cell.Rank == rank).Sum(cell => cell.Impressions))];

    private static Dictionary<int, Dictionary<string, double>> Rates(IReadOnlyCollection<RankClicks> all) =>
        all.Where(cell => cell.Impressions > 0).GroupBy(cell => cell.Rank)
        .ToDictionary(group => group.Key, group => group.GroupBy(cell => cell.Offer)
            .ToDictionary(own => own.Key, own => own.Sum(cell => cell.Clicks) / own.Sum(cell => cell.Impressions)));

    /// <summary>Of the offers seen at both, the sums of their click rates there.</summary>
    private static double Ratio(Dictionary<int, Dictionary<string, double>> rates, int rank, int other)
    {
        var (dictionary, two) = (rates.GetValueOrDefault(rank) ?? [], rates.GetValueOrDefault(other) ?? []);
        var both = dictionary.Keys.Where(two.ContainsKey).ToList();
        return both.Count == 0 ? double.NaN : both.Sum(offer => dictionary[offer]) / both.Sum(offer => two[offer]);
    }
}
