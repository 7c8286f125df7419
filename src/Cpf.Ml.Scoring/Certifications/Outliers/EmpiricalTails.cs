namespace Cpf.Ml.Scoring.Certifications.Outliers;

/// <summary>Outliers are in the tails of many columns.</summary>
/// <remarks>
/// <para>
/// Reference: Li, Zhao, Hu, Botta, Ionescu and Chen (2022), <i>ECOD: unsupervised outlier detection using empirical
/// cumulative distribution functions</i>. The sum over columns of −ln of the share of values that are as far out, on
/// the side where there are fewer. The paper takes the largest of three sums over all columns; its authors' program,
/// from which published figures come, chooses the side column by column, and so does this. A column that is constant
/// adds nothing.
/// </para>
/// <para>O(rows × columns × log rows).</para>
/// </remarks>
internal sealed class EmpiricalTails : IOutlierDetector
{
    public string Name => "ECOD";

    public double[] Score(FeatureTable reference, FeatureTable rows)
    {
        var scores = new double[rows.RowCount];
        for (var column = 0; column < reference.Columns.Length; column++)
        {
            var sorted = reference.Columns[column].Order().ToArray();
            for (var row = 0; row < scores.Length; row++)
            {
                var value = rows.Columns[column][row];
                scores[row] += Math.Max(Tail(SortedCount.UpTo(sorted, value), sorted.Length),
                    Tail(sorted.Length - SortedCount.Below(sorted, value), sorted.Length));
            }
        }

        return scores;
    }

    /// <summary>A value beyond all is as rare as half a row.</summary>
    private static double Tail(int count, int all) => -Math.Log(Math.Max(count, 0.5) / all);
}
