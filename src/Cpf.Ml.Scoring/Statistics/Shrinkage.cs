namespace Cpf.Ml.Scoring.Statistics;

/// <summary>Empirical-Bayes shrinkage of the estimates of many groups towards 0, by as much as each is
/// imprecise.</summary>
/// <remarks>Reference: Efron and Morris (1975), <i>Data Analysis Using Stein's Estimator and Its Generalizations</i>;
/// the variance between groups by moments (DerSimonian and Laird 1986), about 0.</remarks>
internal static class Shrinkage
{
    /// <summary>The posterior mean of each group.</summary>
    /// <param name="estimates">Shape (groups): value, 0 under the null hypothesis, and standard error, above 0.</param>
    /// <returns>Shape (groups); all 0 where the groups differ by no more than their errors.</returns>
    public static double[] Estimate(IReadOnlyList<(double Value, double Error)> estimates)
    {
        var (squares, weights) = (0.0, 0.0);
        foreach (var (value, error) in estimates)
        {
            (squares, weights) = (squares + (value * value / error / error), weights + (1 / error / error));
        }

        var between = weights > 0 ? Math.Max(0, (squares - estimates.Count) / weights) : 0;
        return [.. estimates.Select(group => group.Value * between / (between + (group.Error * group.Error)))];
    }
}
