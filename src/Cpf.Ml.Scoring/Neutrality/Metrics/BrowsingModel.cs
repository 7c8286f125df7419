namespace Cpf.Ml.Scoring.Neutrality.Metrics;

/// <summary>How much of people's attention a position gets. Positions begin at 1.</summary>
internal static class BrowsingModel
{
    /// <summary>Those that are asked for all the time.</summary>
    private static readonly double[] First = [.. Enumerable.Range(0, 1024).Select(rank => 1 / Math.Log2(rank + 1))];

    /// <summary>1/log₂(r + 1), the discount of DCG: Järvelin and Kekäläinen (2002).</summary>
    public static double Logarithmic(int rank) => rank < First.Length ? First[rank] : 1 / Math.Log2(rank + 1);

    /// <summary>1/log₂ max(r, 2), as TREC's fair ranking track has it.</summary>
    public static double LogarithmicFromSecond(int rank) => 1 / Math.Log2(Math.Max(rank, 2));

    /// <summary>100 p (1 − p)^(r − 1), a percentage: Sapiezynski et al. (2019).</summary>
    /// <param name="rank">Rank, from 1.</param>
    /// <param name="stop">Chance p that a reader stops at a position.</param>
    public static double Geometric(int rank, double stop) => 100 * stop * Math.Pow(1 - stop, rank - 1);

    /// <summary>(1 − γ) γ^(r − 1): Moffat and Zobel (2008), rank-biased precision.</summary>
    /// <param name="rank">Rank, from 1.</param>
    /// <param name="patience">γ, the chance that a reader goes on.</param>
    public static double RankBiased(int rank, double patience) => (1 - patience) * Math.Pow(patience, rank - 1);

    /// <summary>γ^(r − 1) ∏ (1 − u of those above): a reader who stops when satisfied (cascade; Craswell et al.
    /// 2008).</summary>
    /// <param name="satisfaction">Of each position, the chance that what is there satisfies.</param>
    /// <param name="patience">γ, the chance that a reader goes on.</param>
    public static double[] Cascade(IReadOnlyList<double> satisfaction, double patience)
    {
        var (exposures, reaches) = (new double[satisfaction.Count], 1.0);
        for (var i = 0; i < exposures.Length; i++)
        {
            exposures[i] = reaches;
            reaches *= patience * (1 - satisfaction[i]);
        }

        return exposures;
    }
}
