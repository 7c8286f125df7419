namespace Cpf.Ml.Scoring.Certifications.Outliers;

/// <summary>Several detectors together: rows that they agree are in the tail come first.</summary>
/// <remarks>
/// The mean over detectors of −ln(1 − r), r the row's rank among the reference divided by one more than their number:
/// agreement in the tail counts for more than a good place everywhere.
/// </remarks>
internal static class OutlierEnsemble
{
    public static IReadOnlyList<IOutlierDetector> Members { get; } = [new IsolationForest(),
        new HistogramDensity(), new NearestNeighbours(), new RobustCovariance()];

    /// <summary>Every detector that there is, for comparison.</summary>
    public static IReadOnlyList<IOutlierDetector> All { get; } = [.. Members,
        new EmpiricalTails(), new RandomizedPca()];

    /// <returns>One a row, 0 or more; higher is more anomalous.</returns>
    public static double[] Score(FeatureTable table)
    {
        var scaled = new ColumnScale(table).Apply(table);
        return Combine([.. Members.Select(member => member.Score(scaled, scaled))]);
    }

    /// <param name="scores">One array a detector, of the same rows.</param>
    public static double[] Combine(IReadOnlyList<double[]> scores)
    {
        var combined = new double[scores[0].Length];
        foreach (var tails in scores.Select(Tails))
        {
            for (var row = 0; row < combined.Length; row++)
            {
                combined[row] += tails[row] / scores.Count;
            }
        }

        return combined;
    }

    /// <summary>−ln of the share of rows that are as anomalous; equal rows have the mean of their ranks.</summary>
    public static double[] Tails(double[] scores)
    {
        var sorted = scores.Order().ToArray();
        return Array.ConvertAll(scores, score =>
            -Math.Log(1 - ((SortedCount.Below(sorted, score) + SortedCount.UpTo(sorted, score) + 1)
                / 2.0 / (sorted.Length + 1))));
    }
}
