using System.Collections.Immutable;
using Cpf.Ml.Scoring.Neutrality.Correction;
using Cpf.Ml.Scoring.Neutrality.Metrics;

namespace Cpf.Ml.Training.Neutrality.Evaluation.Vectors;

/// <summary>Exposure that a ranking gives to groups or offers, against relevance.</summary>
internal static class ExposureVectors
{
    public static Dictionary<string, Func<GoldenVector, object>> Measures => new()
    {
        ["attention p=0.1 (100*p*(1-p)^(r-1)), mean per group"] = GeometricAttention,
        ["RBP exposure decay .75, mean per group"] = RankBiasedExposure,
        ["EXPRU mean CTR / mean relevance"] = ExposureUtility,
        ["swap best of each group"] = vector => Exposures(vector, [(1, [.. vector.Wholes("order")])]),
        ["LP optimum of DCG over doubly stochastic P with exact DP constraint"] =
            vector => Optimum(vector, (relevance, groups) => ExposureOptimum.Parity(relevance, groups)),
        ["LP optimum of DCG over doubly stochastic P with exact DI constraint"] =
            vector => Optimum(vector, ExposureOptimum.Impact),
        ["Expected exposure RBP p=0.5, individual"] = Expected,
        ["GERR target p=.5 u=.5 (2 relevant, 2 not)"] = _ => CascadeTarget(),
        ["amortised attention (Biega 2018), normalised attention and relevance"] = Amortised,
        ["one OF with 6 equally relevant offers, 4 OFs with 1 offer, 10 slots, v=1/log2(r+1)"] = _ => Saturation(),
    };

    private static object GeometricAttention(GoldenVector vector)
    {
        var (men, women) = Means(vector.Groups(), rank => BrowsingModel.Geometric(rank, vector.Number("p")));
        return new
        {
            M = men,
            W = women,
            MinMaxRatio = Spread.MinOverMax([men, women]),
            MaxMinDiff = Spread.MaxMinusMin([men, women]),
        };
    }

    private static object RankBiasedExposure(GoldenVector vector)
    {
        var (men, women) = Means(vector.Groups(), rank => BrowsingModel.RankBiased(rank, vector.Number("decay")));
        return new { M = men, W = women, MinMaxRatio = Spread.MinOverMax([men, women]) };
    }

    private static (double Men, double Women) Means(char[] groups, Func<int, double> exposure)
    {
        double Mean(char group) => groups.Index()
            .Where(position => position.Item == group)
            .Average(position => exposure(position.Index + 1));
        return (Mean('M'), Mean('W'));
    }

    private static object ExposureUtility(GoldenVector vector)
    {
        var (groups, relevance, clicks) = (vector.Groups(), vector.Numbers("relevance"), vector.Numbers("ctr"));
        double Mean(double[] values, char group) => values.Where((_, i) => groups[i] == group).Average();
        var exposure = Means(groups, BrowsingModel.Logarithmic);
        double[] ratios = [Mean(clicks, 'M') / Mean(relevance, 'M'), Mean(clicks, 'W') / Mean(relevance, 'W')];
        return new
        {
            M = ratios[0],
            W = ratios[1],
            MinMaxRatio = Spread.MinOverMax(ratios),
            EXPU_M = exposure.Men / Mean(relevance, 'M'),
            EXPU_W = exposure.Women / Mean(relevance, 'W'),
        };
    }

    private static object Exposures(
        GoldenVector vector, ImmutableArray<(double Weight, ImmutableArray<int> Order)> mixture)
    {
        var (relevance, groups) = (vector.Numbers("relevance"), vector.Wholes("groups"));
        var pool = relevance.Zip(groups, (utility, group) => (group, utility)).ToList();
        var parts = mixture
            .Select(part => (
                part.Weight, Groups: GroupExposure.Compute(pool, part.Order, BrowsingModel.Logarithmic)))
            .ToList();
        GroupExposure Mean(int group) => new(
            parts.Sum(part => part.Weight * part.Groups[group].Exposure),
            parts[0].Groups[group].Utility,
            parts.Sum(part => part.Weight * part.Groups[group].Impact),
            parts[0].Groups[group].Pool);
        var (reference, other) = (Mean(0), Mean(1));
        var gain = mixture.Sum(
            part => part.Weight * RankSimilarity.DiscountedGain(part.Order.Select(offer => relevance[offer])));
        double[] exposure = [reference.Exposure, other.Exposure];
        var (parity, treatment, impact) = (
            other.ParityRatio(reference), other.TreatmentRatio(reference), other.ImpactRatio(reference));
        return vector.Expected.TryGetProperty("group_exposure", out _)
            ? new { DCG = gain, DPR = parity, DTR = treatment, DIR = impact, group_exposure = exposure }
            : new
            {
                exp = exposure,
                util = new[] { reference.Utility, other.Utility },
                DPR = parity,
                DTR = treatment,
                DIR = impact,
                DCG = gain,
            };
    }

    private static object Optimum(
        GoldenVector vector, Func<IReadOnlyList<double>, IReadOnlyList<bool>, ExposureOptimum> solve)
    {
        var optimum = solve(vector.Numbers("relevance"), [.. vector.Wholes("groups").Select(group => group == 1)]);
        return Math.Abs(optimum.Gain - optimum.Dual) > 1e-12
            ? new { DCG = optimum.Gain, dual = optimum.Dual }
            : Exposures(vector, optimum.Mixture);
    }

    private static object Expected(GoldenVector vector)
    {
        var relevance = vector.Counts("relevance");
        var names = relevance.Keys.Order(StringComparer.Ordinal).ToList();
        var rankings = vector.Input.GetProperty("rankings").EnumerateArray().Select(ranking =>
            (IReadOnlyList<int>)[.. ranking.GetString()!.Select(name => names.IndexOf(name.ToString()))]).ToList();
        var (relevant, other) = ExpectedExposure.RankBiasedTarget(
            names.Count, relevance.Values.Count(value => value > 0), 0.5);
        double[] target = [.. names.Select(name => relevance[name] > 0 ? relevant : other)];
        var result = ExpectedExposure.Compute(ExpectedExposure.RankBiased(rankings, names.Count, 0.5), target);
        return new { target, EED = result.Disparity, EER = result.Relevance, EEL = result.Loss };
    }

    private static object CascadeTarget()
    {
        var (relevant, other) = ExpectedExposure.CascadeTarget(4, 2, 0.5, 0.5);
        return new { relevant, nonrelevant = other };
    }

    private static Dictionary<string, double> Amortised(GoldenVector vector)
    {
        var relevance = vector.Numbers("relevance");
        double Unfairness(params int[][] rankings)
        {
            var attention = new AmortisedAttention(relevance.Length);
            Array.ForEach(rankings, ranking => attention.Add(ranking, relevance));
            return attention.Unfairness;
        }

        return new()
        {
            ["[012]"] = Unfairness([0, 1, 2]),
            ["[012],[021]"] = Unfairness([0, 1, 2], [0, 2, 1]),
            ["all 6 permutations"] = Unfairness([0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]),
        };
    }

    /// <summary>
    /// Share of exposure of an organisation with six offers beside four with one: offers in any order, organisations in
    /// turn, and each organisation once, all by the program's own rotation and exposure.
    /// </summary>
    private static object Saturation()
    {
        (string Group, double Relevance)[] pool =
            [.. Enumerable.Repeat(("big", 1.0), 6), ("b", 1), ("c", 1), ("d", 1), ("e", 1)];
        double Share(IEnumerable<int[]> orders) => orders
            .Select(order => GroupExposure.Compute(pool, order, BrowsingModel.Logarithmic))
            .Average(groups => groups["big"].Exposure * 6
                / groups.Values.Sum(group => group.Exposure * group.Pool));

        // Every offer once at every position stands for all orders.
        var drawn = Enumerable.Range(0, pool.Length)
            .Select(shift => Enumerable.Range(0, pool.Length).Select(i => (i + shift) % pool.Length).ToArray());

        // The share depends on when the large organisation has its turn, and every turn is as likely: one order of each
        // is enough.
        string[] organisations = [.. pool.Select(offer => offer.Group)];
        var turns = Enumerable.Range(0, 200)
            .Select(seed => OrganisationRotation.Order(organisations, $"{seed}").ToArray())
            .DistinctBy(order => Array.FindIndex(order, offer => pool[offer].Group == "big"))
            .ToList();
        return new
        {
            random_tie_break_big_OF_share = Share(drawn),
            per_OF_parity_share = Share(turns.Select(order => order[..5])),
            random_OF_round_robin_big_OF_share = Share(turns),
        };
    }
}
