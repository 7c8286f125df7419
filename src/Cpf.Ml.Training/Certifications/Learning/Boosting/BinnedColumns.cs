using Cpf.Ml.Scoring.Certifications.Outliers;

namespace Cpf.Ml.Training.Certifications.Learning.Boosting;

/// <summary>Columns as places among at most 255 thresholds, which hold about equally many rows each.</summary>
internal sealed class BinnedColumns
{
    private const int MaxBins = 255;

    /// <param name="table">Finite values.</param>
    public BinnedColumns(FeatureTable table)
    {
        RowCount = table.RowCount;
        Thresholds = Array.ConvertAll(table.Columns, Cuts);
        Bins = new byte[table.Columns.Length][];
        for (var column = 0; column < Bins.Length; column++)
        {
            var cuts = Thresholds[column];
            Bins[column] = Array.ConvertAll(table.Columns[column], value =>
            {
                var index = Array.BinarySearch(cuts, value);
                return (byte)(index < 0 ? ~index : index);
            });
        }
    }

    public int RowCount { get; }

    /// <summary>
    /// Ascending: a row in bin b is at most threshold b and above threshold b − 1; the last bin has none.
    /// </summary>
    public double[][] Thresholds { get; }

    /// <summary>Shape: columns × rows.</summary>
    public byte[][] Bins { get; }

    /// <summary>Halfway between neighbours, so that rows that were not seen go to the nearer side.</summary>
    private static double[] Cuts(double[] values)
    {
        var distinct = values.Distinct().Order().ToArray();
        if (distinct.Length <= MaxBins)
        {
            return [.. distinct.Zip(distinct.Skip(1), (a, b) => a + ((b - a) / 2))];
        }

        var sorted = values.Order().ToArray();
        return [.. Enumerable.Range(1, MaxBins).Select(i => sorted[(int)((long)i * sorted.Length / (MaxBins + 1))])
            .Distinct().Where(cut => cut < sorted[^1])];
    }
}
