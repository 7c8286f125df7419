using Cpf.Ml.Scoring.Neutrality.Metrics;

namespace Cpf.Ml.Training.Neutrality.Evaluation.Vectors;

/// <summary>Differences between the groups of a ranking and of a pool, by prefix or by weight of a position.</summary>
internal static class DivergenceVectors
{
    public static Dictionary<string, Func<GoldenVector, object>> Measures => new()
    {
        ["NDKL natural log, eps 1e-7 added to p and q"] = vector => new
        {
            published = Math.Log(2) * Divergence.DiscountedKullbackLeibler(vector.Groups(), added: 1e-7),
            exact_no_eps = Math.Log(2) * Divergence.DiscountedKullbackLeibler(vector.Groups()),
            bits = Divergence.DiscountedKullbackLeibler(vector.Groups()),
        },
        ["rKL/rND/rRD"] = PrefixDifferences,
        ["KL/JS"] = vector => new
        {
            KL_pq = Divergence.KullbackLeibler(vector.Counts("p"), vector.Counts("q"), 1),
            JS_bits = Divergence.JensenShannon(vector.Counts("p"), vector.Counts("q")),
        },
        ["skew@ with Laplace alpha=1, ln"] = Skews,
        ["TREC AWRF = 1 - JSD, discount 1/log2(max(r,2))"] = Attention,
    };

    private static object PrefixDifferences(GoldenVector vector)
    {
        var isLast = vector.Input.GetProperty("protected").GetString() == "last 50";
        bool[] isProtected =
            [.. Enumerable.Range(0, vector.Whole("N")).Select(i => isLast ? i >= 50 : i % 2 == 1)];
        var published = PrefixParity.KullbackLeibler(isProtected, asPublished: true);
        var difference = PrefixParity.Difference(isProtected);
        var ratio = PrefixParity.Ratio(isProtected);
        return vector.Expected.TryGetProperty("rKL_exact", out _)
            ? new
            {
                rKL = published,
                rND = difference,
                rRD = ratio,
                rKL_exact = PrefixParity.KullbackLeibler(isProtected),
            }
            : new { rKL = published, rND = difference, rRD = ratio };
    }

    private static object Skews(GoldenVector vector)
    {
        var (p, q) = (vector.Counts("p"), vector.Counts("q"));
        var skews = p.Keys.Union(q.Keys).ToDictionary(group => group, group => Divergence.Skew(p, q, group, 1));
        object[] Named(KeyValuePair<string, double> skew) => [skew.Key, skew.Value];
        return new
        {
            F20 = skews["F20"],
            M20 = skews["M20"],
            F40 = skews["F40"],
            M40 = skews["M40"],
            min = Named(skews.MinBy(skew => skew.Value)),
            max = Named(skews.MaxBy(skew => skew.Value)),
            TV = Divergence.TotalVariation(p, q),
            Linf = Divergence.LargestDifference(p, q),
        };
    }

    private static object Attention(GoldenVector vector)
    {
        var attention = Divergence.Attention(vector.Groups());
        Dictionary<char, double> unequal = new() { ['M'] = 0.7, ['W'] = 0.3 };
        Dictionary<char, double> even = new() { ['M'] = 0.5, ['W'] = 0.5 };
        double Bits(Dictionary<char, double> target) => Divergence.AttentionWeighted(vector.Groups(), target);
        double Nats(Dictionary<char, double> target) => 1 - (Math.Log(2) * (1 - Bits(target)));
        return new
        {
            allocation = new { M = attention['M'], W = attention['W'] },
            target_70_30_nat = Nats(unequal),
            target_70_30_bits = Bits(unequal),
            target_50_50_nat = Nats(even),
            target_50_50_bits = Bits(even),
        };
    }
}
