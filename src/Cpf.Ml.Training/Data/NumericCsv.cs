using System.Globalization;
using Cpf.Ml.Scoring.Certifications.Outliers;

namespace Cpf.Ml.Training.Data;

/// <summary>Reads a table of numbers from CSV: a header, then a row a line; an empty value is missing.</summary>
internal static class NumericCsv
{
    /// <param name="path">The file.</param>
    /// <param name="label">Column of labels, 1 for an outlier and 0 for an ordinary row; null when there is
    /// none.</param>
    /// <returns>The other columns, and the labels: NaN where a row is not labelled.</returns>
    /// <exception cref="InputException">A line cannot be read.</exception>
    public static (FeatureTable Table, double[] Labels) Read(string path, string? label)
    {
        using var reader = new StreamReader(path);
        var names = reader.ReadLine()?.TrimStart('\uFEFF').Split(',').Select(name => name.Trim()).ToArray()
            ?? throw new InputException($"{path}: the file is empty; expected a header and rows of numbers.");
        var labelled = label is null ? -1 : Array.IndexOf(names, label);
        if (label is not null && labelled < 0)
        {
            throw new InputException($"{path}, line 1: no column {label}; found {string.Join(", ", names)}.");
        }

        var columns = Array.ConvertAll(names, _ => new List<double>());
        for (var line = 2; reader.ReadLine() is { } text; line++)
        {
            if (text.Length > 0)
            {
                Add(path, line, names, text.Split(','), columns, labelled);
            }
        }

        if (columns[0].Count < 2)
        {
            throw new InputException($"{path}: {columns[0].Count} rows; outliers need at least two.");
        }

        var table = new FeatureTable(
            [.. names.Where((_, column) => column != labelled)],
            [.. columns.Where((_, column) => column != labelled).Select(column => column.ToArray())]);
        return (table, labelled < 0 ? [.. Enumerable.Repeat(double.NaN, table.RowCount)] : [.. columns[labelled]]);
    }

    private static void Add(
        string path, int line, string[] names, string[] fields, List<double>[] columns, int labelled)
    {
        if (fields.Length != names.Length)
        {
            throw new InputException($"{path}, line {line}: {fields.Length} fields, the header has {names.Length}.");
        }

        for (var column = 0; column < fields.Length; column++)
        {
            var value = Number(path, line, names[column], fields[column]);
            if (column == labelled && value is not (0 or 1) && !double.IsNaN(value))
            {
                throw new InputException($"{path}, line {line}, column {names[column]}: «{fields[column]}» is no "
                    + "label; 1 is an outlier, 0 ordinary, empty not labelled.");
            }

            columns[column].Add(value);
        }
    }

    private static double Number(string path, int line, string column, string text) =>
        string.IsNullOrWhiteSpace(text) ? double.NaN
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : throw new InputException($"{path}, line {line}, column {column}: «{text}» is not a number.");
}
