using Cpf.Ml.Scoring.Neutrality.Correction;

namespace Cpf.Ml.Training.Neutrality.Evaluation.Vectors;

/// <summary>Rankings that hold a target share of each group: Geyik et al. (2019), and their feasibility.</summary>
internal static class GroupRankingVectors
{
    private static readonly string[] Ids = ["a", "b", "c"];

    public static Dictionary<string, Func<GoldenVector, object>> Measures => new()
    {
        ["Infeasible index"] = Infeasible,
        ["DetGreedy/DetCons/DetRelaxed/DetConstSort"] = TwoGroups,
        ["DetGreedy/Cons/Relaxed/ConstSort, 3 groups"] = ThreeGroups,
        ["billiard word delivery schedule"] = vector => vector.Input.GetProperty("freq").EnumerateArray()
            .Zip(vector.Expected.EnumerateArray(), (weights, words) => BilliardSchedule
                .Deal([.. weights.EnumerateArray().Select(weight => weight.GetDouble())])
                .Take(words.GetArrayLength())),
    };

    private static object Infeasible(GoldenVector vector)
    {
        var target = vector.Number("target");
        var violating = PrefixParity.Infeasible(
            vector.Groups(), new Dictionary<char, double> { ['r'] = target, ['b'] = target });
        return new { index = violating.Count, violating_one_based = violating };
    }

    private static object TwoGroups(GoldenVector vector)
    {
        Dictionary<char, IReadOnlyList<double>> scores = new()
        {
            ['r'] = vector.Numbers("r"),
            ['b'] = vector.Numbers("b"),
        };
        var target = vector.Numbers("target");
        Dictionary<char, double> shares = new() { ['r'] = target[0], ['b'] = target[1] };
        var k = vector.Whole("k");
        var all = new[]
        {
            DeterministicRanking.Greedy(scores, shares, k),
            DeterministicRanking.Conservative(scores, shares, k),
            DeterministicRanking.Relaxed(scores, shares, k),
            DeterministicRanking.ConstrainedSort(scores, shares, k),
        };
        var orders = all.Select(ranked => string.Concat(ranked.Select(position => position.Group))).ToList();
        return orders.Distinct().ToList() is [var order]
            ? new
            {
                order,
                scores = all[0].Select(position => position.Score),
                share_r = order.Count(group => group == 'r') / (double)order.Length,
            }
            : new { order = string.Join(", ", orders), scores = Enumerable.Empty<double>(), share_r = 0.0 };
    }

    private static object ThreeGroups(GoldenVector vector)
    {
        var scores = Ids.ToDictionary(group => group, group => (IReadOnlyList<double>)vector.Numbers(group));
        var shares = vector.Counts("target");
        var k = vector.Whole("k");
        string Order(IEnumerable<(string Group, double)> ranked) =>
            string.Concat(ranked.Select(position => position.Group));
        int Violations(string order) =>
            PrefixParity.Infeasible([.. order.Select(group => group.ToString())], shares).Count;

        var greedy = Order(DeterministicRanking.Greedy(scores, shares, k));
        var conservative = Order(DeterministicRanking.Conservative(scores, shares, k));
        var relaxed = Order(DeterministicRanking.Relaxed(scores, shares, k));
        var sorted = Order(DeterministicRanking.ConstrainedSort(scores, shares, k));
        var blind = string.Concat(scores.SelectMany(own => own.Value.Select(score => (own.Key, score)))
            .OrderByDescending(own => own.score).Take(k).Select(own => own.Key));
        return new
        {
            DetGreedy = greedy,
            DetCons = conservative,
            DetRelaxed = relaxed,
            DetConstSort = sorted,
            all_feasible = Violations(greedy) + Violations(conservative) + Violations(relaxed) + Violations(sorted)
                == 0,
            colour_blind = blind,
            colour_blind_violations =
                PrefixParity.Lacking([.. blind.Select(group => group.ToString())], shares).Count,
        };
    }
}
