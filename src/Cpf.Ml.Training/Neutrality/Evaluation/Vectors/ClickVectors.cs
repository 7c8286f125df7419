using System.Collections.Immutable;
using System.Globalization;
using Cpf.Ml.Scoring.Neutrality.Clicks;
using Cpf.Ml.Scoring.Neutrality.Metrics;

namespace Cpf.Ml.Training.Neutrality.Evaluation.Vectors;

/// <summary>Position bias and relevance from clicks, and how alike two rankings are.</summary>
internal static class ClickVectors
{
    public static Dictionary<string, Func<GoldenVector, object>> Measures => new()
    {
        ["position-bias, adjacent estimate on synthetic N(0,1) score data"] = _ => AdjacentRanks(),
        ["intervention harvesting / EM / IPS on noise-free PBM"] = Clicks,
        ["pairwise accuracy (Beutel 2019)"] = Pairs,
        ["RBO extrapolated p=.9"] = vector => vector.Input.GetProperty("pairs").EnumerateArray().Select(
            row => RankSimilarity.Overlap(row[0].GetString()!.ToCharArray(), row[1].GetString()!.ToCharArray())),
    };

    /// <summary>Scores at equal chances of a normal distribution in place of drawn ones.</summary>
    private static object AdjacentRanks()
    {
        List<(double Score, bool IsClicked)> At(int negatives, int positives, double shift)
        {
            IEnumerable<(double, bool)> Scores(int count, bool clicked) => Enumerable.Range(0, count)
                .Select(i => (MathNet.Numerics.Distributions.Normal.InvCDF(shift, 1, (i + 0.5) / count), clicked));
            return [.. Scores(negatives, false), .. Scores(positives, true)];
        }

        var (first, second, third) = (At(1000, 1000, 0), At(200, 800, 0), At(100, 600, -0.5));
        return new
        {
            pos2 = AdjacentRankBias.Ratio(first, second),
            pos3 = AdjacentRankBias.Ratio(first, second) * AdjacentRankBias.Ratio(second, third)
        };
    }

    private static object Clicks(GoldenVector vector)
    {
        var clicks = vector.Counts("clicks");
        List<RankClicks> all = [.. vector.Counts("impressions").Select(cell => new RankClicks(
            cell.Key.Split('@')[0],
            int.Parse(cell.Key.Split('@')[1], CultureInfo.InvariantCulture),
            cell.Value,
            clicks[cell.Key]))];
        var (chain, naive) = (PositionBias.AdjacentChain(all), PositionBias.NaiveRates(all));
        object Named(ImmutableDictionary<string, double> relevance) =>
            new { a = relevance["a"], b = relevance["b"], c = relevance["c"] };
        return new
        {
            adjacent_chain = chain,
            em_normalised = PositionBias.Fit(all).Theta,
            naive_ctr = naive,
            naive_normalised = naive.Select(rate => rate / naive[0]),
            ips_relevance = Named(PositionBias.Relevance(all, chain)),
            naive_relevance = Named(PositionBias.Relevance(all, [1, 1, 1, 1])),
        };
    }

    private static object Pairs(GoldenVector vector)
    {
        List<(string Group, bool IsClicked)> ranked = [.. vector.Input.GetProperty("ranked").EnumerateArray()
            .Select(row => (row[0].GetString()!, row[1].GetInt32() == 1))];
        int[] Counts(string group, Func<string, bool>? other = null)
        {
            var (right, pairs) = PairwiseAccuracy.Count(ranked, group, other);
            return [right, pairs];
        }

        return new
        {
            A = Counts("A"),
            B = Counts("B"),
            intra_A = Counts("A", other => other == "A"),
            intra_B = Counts("B", other => other == "B"),
            inter_A_over_B = Counts("A", other => other == "B"),
            inter_B_over_A = Counts("B", other => other == "A"),
        };
    }
}
