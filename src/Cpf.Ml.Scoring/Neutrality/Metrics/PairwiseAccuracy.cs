namespace Cpf.Ml.Scoring.Neutrality.Metrics;

/// <summary>Pairs of a clicked offer and one that was not, and those of them in which the clicked one stands
/// higher.</summary>
/// <remarks>Reference: Beutel et al. (2019), <i>Fairness in Recommendation Ranking through Pairwise
/// Comparisons</i>.</remarks>
internal readonly record struct PairwiseAccuracy(int Right, int Pairs)
{
    public double Share => (double)Right / Pairs;

    public static PairwiseAccuracy operator +(PairwiseAccuracy left, PairwiseAccuracy right) =>
        new(left.Right + right.Right, left.Pairs + right.Pairs);

    /// <param name="ranked">Group of each position, and whether it was clicked.</param>
    /// <param name="group">Of the clicked offer.</param>
    /// <param name="other">Of the one that was not; null for all.</param>
    public static PairwiseAccuracy Count<T>(
        IReadOnlyList<(T Group, bool IsClicked)> ranked, T group, Func<T, bool>? other = null)
    {
        var (right, pairs) = (0, 0);
        foreach (var (i, clicked) in ranked.Index()
            .Where(entry => entry.Item.IsClicked && Equals(entry.Item.Group, group)))
        {
            foreach (var (j, _) in ranked.Index()
                .Where(entry => !entry.Item.IsClicked && (other is null || other(entry.Item.Group))))
            {
                pairs++;
                right += i < j ? 1 : 0;
            }
        }

        return new(right, pairs);
    }

    /// <summary>Of pairs of one offer of the group and one of another, those in which the group's stands higher
    /// (ARP).</summary>
    public static PairwiseAccuracy CountMixed<T>(IReadOnlyList<T> ranked, T group)
    {
        var (seen, right) = (0, 0);
        foreach (var item in ranked)
        {
            if (Equals(item, group))
            {
                seen++;
            }
            else
            {
                right += seen;
            }
        }

        return new(right, seen * (ranked.Count - seen));
    }
}
