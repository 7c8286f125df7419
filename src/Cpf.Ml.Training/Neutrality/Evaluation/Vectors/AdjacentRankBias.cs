namespace Cpf.Ml.Training.Neutrality.Evaluation.Vectors;

/// <summary>
/// Position bias where offers are never seen at two positions: neighbouring positions are compared after their scores
/// are matched.
/// </summary>
/// <remarks>Reference: Vasudevan and Kenthapadi (2020), LiFT.</remarks>
public static class AdjacentRankBias
{
    /// <summary>
    /// Clicks at a position against those at the one above in the same sessions, the lower impressions weighed so that
    /// their scores lie as the upper ones' do.
    /// </summary>
    /// <param name="upper">Score of each impression at the position above, and whether it was clicked.</param>
    /// <param name="lower">The same at the position.</param>
    /// <param name="bins">Into which scores are cut, with as many impressions of the upper position each. Where the
    /// lower position has none, nothing is compared.</param>
    public static double Ratio(IReadOnlyCollection<(double Score, bool IsClicked)> upper,
        IReadOnlyCollection<(double Score, bool IsClicked)> lower, int bins = 20)
    {
        double[] sorted = [.. upper.Select(row => row.Score).Order()];
        double[] edges = [.. Enumerable.Range(1, bins - 1).Select(bin => sorted[bin * sorted.Length / bins])];
        int Bin(double score) => edges.Count(edge => score >= edge);
        var (above, below) = (upper.ToLookup(row => Bin(row.Score), row => row.IsClicked),
            lower.ToLookup(row => Bin(row.Score), row => row.IsClicked));
        var shared = Enumerable.Range(0, bins).Where(bin => above[bin].Any() && below[bin].Any()).ToList();
        double Weight(int bin) => (double)above[bin].Count() / upper.Count / ((double)below[bin].Count() / lower.Count);
        return shared.Sum(bin => Weight(bin) * below[bin].Count(clicked => clicked)) / shared
            .Sum(bin => above[bin].Count(clicked => clicked));
    }
}
