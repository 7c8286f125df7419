namespace Cpf.Ml.Scoring.Certifications.Outliers;

/// <summary>Brings columns to one scale: mean 0, deviation 1 of the reference; the median where a value is missing;
/// constant columns are left out.</summary>
internal sealed class ColumnScale
{
    private readonly List<(int Column, double Median, double Mean, double Deviation)> _columns = [];

    /// <param name="reference">What usual values are taken from.</param>
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
        [.. _columns.Select(one => table.Names[one.Column])],
        [.. _columns.Select(one => Array.ConvertAll(table.Columns[one.Column],
            value => ((double.IsFinite(value) ? value : one.Median) - one.Mean) / one.Deviation))]);
}
