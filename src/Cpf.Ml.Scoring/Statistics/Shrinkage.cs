namespace Cpf.Ml.Scoring.Statistics;

/// <summary>Estimates of many groups drawn together towards 0, those of few data most: what each is likely to be,
/// seeing how much they all differ.</summary>
/// <remarks>Reference: Efron and Morris (1975), <i>Data Analysis Using Stein's Estimator and Its Generalizations</i>;
/// the variance between groups by moments (DerSimonian and Laird 1986), about 0.</remarks>
internal static class Shrinkage
{
    /// <param name="estimates">Value of 0 where nothing is out of the ordinary, and standard error above 0.</param>
    /// <returns>All 0 where they differ no more than their errors explain.</returns>
    public static double[] Of(IReadOnlyList<(double Value, double Error)> estimates)
    {
        var (squares, weights) = (0.0, 0.0);
        foreach (var (value, error) in estimates)
        {
            (squares, weights) = (squares + (value * value / error / error), weights + (1 / error / error));
        }

        var between = weights > 0 ? Math.Max(0, (squares - estimates.Count) / weights) : 0;
        return [.. estimates.Select(one => one.Value * between / (between + (one.Error * one.Error)))];
    }
}
