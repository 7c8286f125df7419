namespace Cpf.Ml.Scoring.Certifications.Outliers;

/// <summary>Brings columns to one scale: mean 0, deviation 1 of the reference; the median where a value is missing;
/// constant columns are left out.</summary>
internal sealed class ColumnScale
{
    private readonly List<(int Column, double Median, double Mean, double Deviation)> _columns = [];

    /// <param name="reference">Rows whose medians, means and deviations are used.</param>
    public ColumnScale(FeatureTable reference)
    {
        for (var column = 0; column < reference.Columns.Length; column++)
        {
            var values = reference.Columns[column].Where(double.IsFinite).Order().ToArray();
            if (values.Length == 0 || values[0] == values[^1])
            {
                continue;
            }

            var mean = values.Average();
            _columns.Add((column,
                values[values.Length / 2], mean, Math.Sqrt(values.Average(value => (value - mean) * (value - mean)))));
        }
    }

    /// <summary>No column has two values.</summary>
    public bool IsEmpty => _columns.Count == 0;

    public FeatureTable Apply(FeatureTable table) => new(
        [.. _columns.Select(column => table.Names[column.Column])],
        [.. _columns.Select(column => Array.ConvertAll(table.Columns[column.Column],
            value => ((double.IsFinite(value) ? value : column.Median) - column.Mean) / column.Deviation))]);
}
