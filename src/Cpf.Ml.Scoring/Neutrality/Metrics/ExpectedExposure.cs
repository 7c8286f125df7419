namespace Cpf.Ml.Scoring.Neutrality.Metrics;

/// <summary>Exposure of offers over the rankings that an engine draws, against what they would get if equals were
/// treated equally.</summary>
/// <param name="Disparity">EE-D: sum of squares of the exposure.</param>
/// <param name="Relevance">EE-R: exposure times target.</param>
/// <param name="Loss">EE-L: sum of squares of the difference; 0 is neutral.</param>
/// <remarks>Reference: Diaz et al. (2020), <i>Evaluating Stochastic Rankings with Expected Exposure</i>.</remarks>
internal sealed record ExpectedExposure(double Disparity, double Relevance, double Loss)
{
    /// <param name="exposure">Mean of each offer over rankings.</param>
    /// <param name="target">Exposure of each offer if equals were treated equally.</param>
    public static ExpectedExposure Compute(IReadOnlyList<double> exposure, IReadOnlyList<double> target) => new(
        exposure.Sum(value => value * value), exposure.Zip(target, (value, wanted) => value * wanted).Sum(),
        exposure.Zip(target, (value, wanted) => (value - wanted) * (value - wanted)).Sum());

    /// <summary>γ^(r − 1), averaged over rankings.</summary>
    /// <param name="rankings">Each with the places of offers from the first position on.</param>
    /// <param name="offers">Number of offers.</param>
    /// <param name="patience">γ, the chance that a reader goes on.</param>
    public static double[] RankBiased(IReadOnlyCollection<IReadOnlyList<int>> rankings, int offers, double patience)
    {
        var exposure = new double[offers];
        foreach (var ranking in rankings)
        {
            foreach (var (i, offer) in ranking.Index())
            {
                exposure[offer] += Math.Pow(patience, i) / rankings.Count;
            }
        }

        return exposure;
    }

    /// <summary>What relevant offers and others get each when equals are equal, readers going on with chance
    /// γ.</summary>
    public static (double Relevant, double Other) RankBiasedTarget(int offers, int relevant, double patience) => (
        Share(0, relevant, patience),
        (Math.Pow(patience, relevant) - Math.Pow(patience, offers)) / ((offers - relevant) * (1 - patience)));

    /// <summary>The same for readers who stop at a relevant offer with chance u.</summary>
    public static (double Relevant, double Other) CascadeTarget(
        int offers, int relevant, double patience, double stop) => (
        Share(0, relevant, patience * (1 - stop)), Math.Pow(1 - stop, relevant) * (Math.Pow(patience, relevant)
            - Math.Pow(patience, offers)) / ((offers - relevant) * (1 - patience)));

    private static double Share(int from, int count, double patience) =>
        (Math.Pow(patience, from) - Math.Pow(patience, from + count)) / (count * (1 - patience));
}
