using Cpf.Ml.Scoring.Certifications.Outliers;
using Cpf.Ml.Scoring.Tests.Statistics;

namespace Cpf.Ml.Scoring.Tests.Certifications.Outliers;

/// <summary>Tables for detectors.</summary>
internal static class Clouds
{
    /// <summary>Independent normal columns.</summary>
    public static FeatureTable Normal(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        return Of(
            [.. Enumerable.Range(0, columns)
                .Select(_ => Enumerable.Range(0, rows).Select(_ => random.Normal()).ToArray())]);
    }

    public static FeatureTable Of(params double[][] columns) => new([.. columns.Select((_, i) => $"f{i}")], columns);

    /// <summary>The same rows and one more at the end.</summary>
    public static FeatureTable And(this FeatureTable table, params double[] row) =>
        new(table.Names, [.. table.Columns.Select((column, i) => column.Append(row[i]).ToArray())]);

    public static FeatureTable Scaled(this FeatureTable table) => new ColumnScale(table).Apply(table);
}
