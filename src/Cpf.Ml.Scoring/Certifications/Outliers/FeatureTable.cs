using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Certifications.Outliers;

/// <summary>Numbers by column: what outlier detectors read.</summary>
/// <param name="names">One a column.</param>
/// <param name="columns">Of equal length; NaN where a value is not computable.</param>
internal sealed class FeatureTable(ImmutableArray<string> names, double[][] columns)
{
    public ImmutableArray<string> Names { get; } = names;

    /// <summary>Shape: columns × rows.</summary>
    public double[][] Columns { get; } = columns;

    public int RowCount => Columns.Length == 0 ? 0 : Columns[0].Length;

    /// <summary>Row by row. Shape: rows × columns.</summary>
    public double[][] Rows()
    {
        var rows = new double[RowCount][];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = Row(i);
        }

        return rows;
    }

    public double[] Row(int index) => Array.ConvertAll(Columns, column => column[index]);

    /// <summary>These rows only, in this order.</summary>
    public FeatureTable Take(IReadOnlyList<int> rows) =>
        new(Names, Array.ConvertAll(Columns, column => rows.Select(row => column[row]).ToArray()));

    public FeatureTable With(string name, double[] column) => new(Names.Add(name), [.. Columns, column]);
}
