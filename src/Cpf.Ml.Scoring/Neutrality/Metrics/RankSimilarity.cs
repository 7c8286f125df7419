namespace Cpf.Ml.Scoring.Neutrality.Metrics;

/// <summary>How alike two rankings are, the first positions counting most.</summary>
internal static class RankSimilarity
{
    /// <summary>Extrapolated rank-biased overlap, in [0, 1]: Webber, Moffat and Zobel (2010).</summary>
    /// <param name="list">A ranking without repetitions.</param>
    /// <param name="other">Another ranking; both are compared to the depth of the shorter.</param>
    /// <param name="persistence">p; at 0.9 the first ten positions have 86 % of the weight.</param>
    public static double Overlap<T>(IReadOnlyList<T> list, IReadOnlyList<T> other, double persistence = 0.9)
        where T : notnull
    {
        var (depth, seen, others, overlap, sum) = (Math.Min(list.Count, other.Count),
            new HashSet<T>(), new HashSet<T>(), 0, 0.0);
        for (var d = 1; d <= depth; d++)
        {
            var (a, b) = (list[d - 1], other[d - 1]);
            overlap += others.Contains(a) ? 1 : 0;
            overlap += seen.Contains(b) ? 1 : 0;
            overlap += Equals(a, b) ? 1 : 0;
            seen.Add(a);
            others.Add(b);
            sum += (double)overlap / d * Math.Pow(persistence, d);
        }

        return depth == 0 ? 1
            : ((double)overlap / depth * Math.Pow(persistence, depth)) + ((1 - persistence) / persistence * sum);
    }

    /// <summary>Discounted gain of relevances from the first position on.</summary>
    public static double DiscountedGain(IEnumerable<double> relevances) =>
        relevances.Index().Sum(relevance => relevance.Item * BrowsingModel.Logarithmic(relevance.Index + 1));

    /// <summary>Against the best order of the same relevances, in [0, 1]; 1 where all are 0.</summary>
    public static double NormalisedGain(IReadOnlyCollection<double> relevances) =>
        DiscountedGain(relevances.OrderDescending()) is > 0 and var best ? DiscountedGain(relevances) / best : 1;
}
