namespace Cpf.Ml.Scoring.Certifications.Outliers;

/// <summary>Scores how anomalous each row of a table is among the rows of a reference.</summary>
/// <remarks>
/// Pure: the same tables give the same scores, on any number of threads. What is scored may be the reference itself,
/// which nearest neighbours take into account: no row is its own neighbour.
/// </remarks>
internal interface IOutlierDetector
{
    string Name { get; }

    /// <param name="reference">At least two rows, every value finite, on the scale of
    /// <see cref="ColumnScale"/>.</param>
    /// <param name="rows">The same columns.</param>
    /// <returns>One a row of <paramref name="rows"/>, finite; higher is more anomalous, on a scale of the detector's
    /// own.</returns>
    double[] Score(FeatureTable reference, FeatureTable rows);
}
