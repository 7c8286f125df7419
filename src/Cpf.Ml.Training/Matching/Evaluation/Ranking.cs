namespace Cpf.Ml.Training.Matching.Evaluation;

/// <summary>How good a ranking is, by the links that are declared.</summary>
internal static class Ranking
{
    /// <param name="ranked">Best first.</param>
    /// <param name="relevant">Not empty.</param>
    public static double Ndcg<T>(IReadOnlyList<T> ranked, IReadOnlySet<T> relevant, int first)
    {
        var (gain, ideal) = (0.0, 0.0);
        for (var i = 0; i < first; i++)
        {
            gain += i < ranked.Count && relevant.Contains(ranked[i]) ? 1 / Math.Log2(i + 2) : 0;
            ideal += i < relevant.Count ? 1 / Math.Log2(i + 2) : 0;
        }

        return gain / ideal;
    }

    public static double Recall<T>(IReadOnlyList<T> ranked, IReadOnlySet<T> relevant, int first) =>
        ranked.Take(first).Count(relevant.Contains) / (double)relevant.Count;
}
