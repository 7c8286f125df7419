namespace Cpf.Ml.Scoring.Certifications.Outliers;

/// <summary>Outliers are rows whose values, column by column, few others have.</summary>
/// <remarks>
/// Reference: Goldstein and Dengel (2012), <i>Histogram-based outlier score (HBOS)</i>. Ten bins of equal width a
/// column; the score is the sum of −log₂(density + 0.1). A value outside the range of the reference is in an empty bin.
/// O(rows × columns).
/// </remarks>
internal sealed class HistogramDensity : IOutlierDetector
{
    private const int Bins = 10;

    /// <summary>Keeps the score of an empty bin finite; as common implementations have it, on columns of
    /// deviation 1.</summary>
    private const double Regularisation = 0.1;

    public string Name => "HBOS";

    public double[] Score(FeatureTable reference, FeatureTable rows)
    {
        var scores = new double[rows.RowCount];
        for (var column = 0; column < reference.Columns.Length; column++)
        {
            var (least, most) = (reference.Columns[column].Min(), reference.Columns[column].Max());
            if (least == most)
            {
                continue;
            }

            var heights = new double[Bins + 1];
            foreach (var value in reference.Columns[column])
            {
                heights[Bin(value, least, most)]++;
            }

            var density = Bins / (reference.RowCount * (most - least));
            for (var row = 0; row < scores.Length; row++)
            {
                scores[row] -= Math.Log2(
                    (heights[Bin(rows.Columns[column][row], least, most)] * density) + Regularisation);
            }
        }

        return scores;
    }

    /// <returns>The last place is for what lies outside. An edge belongs to the bin above it, the greatest value to the
    /// last one.</returns>
    private static int Bin(double value, double least, double most)
    {
        if (value < least || value > most)
        {
            return Bins;
        }

        var width = (most - least) / Bins;
        var bin = Math.Min(Bins - 1, (int)((value - least) / width));

        // Rounding must not decide for values that lie on an edge, as whole numbers do.
        return bin < Bins - 1 && value >= least + ((bin + 1) * width) ? bin + 1
            : value < least + (bin * width) ? bin - 1 : bin;
    }
}
