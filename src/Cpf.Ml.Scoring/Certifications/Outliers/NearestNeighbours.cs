namespace Cpf.Ml.Scoring.Certifications.Outliers;

/// <summary>Outliers are far from their nearest neighbours: mean Euclidean distance to the 20
/// nearest.</summary>
/// <remarks>
/// Reference: Angiulli and Pizzuti (2002), <i>Fast outlier detection in high dimensional spaces</i>. A row is not its
/// own neighbour; one that is there twice is its twin's. O(rows × log rows) in few columns, O(rows²) in many.
/// </remarks>
internal sealed class NearestNeighbours : IOutlierDetector
{
    /// <summary>Enough that a group of ten equal frauds does not hide itself.</summary>
    private const int Neighbours = 20;

    public string Name => "nearest neighbours";

    public double[] Score(FeatureTable reference, FeatureTable rows)
    {
        var isItself = ReferenceEquals(reference, rows);
        var tree = new NeighbourTree(reference.Rows());
        var count = Math.Min(Neighbours, reference.RowCount - (isItself ? 1 : 0));
        var scores = new double[rows.RowCount];
        Parallel.For(
            0, scores.Length, row => scores[row] = tree.MeanDistance(rows.Row(row), count, isItself ? row : -1));
        return scores;
    }
}
