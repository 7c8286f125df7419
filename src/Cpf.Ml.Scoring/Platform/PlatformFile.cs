#pragma warning disable RS0030 // Platform is where Scoring reads the tables of platform data.
using System.Collections.Immutable;
using DuckDB.NET.Data;

namespace Cpf.Ml.Scoring.Platform;

/// <summary>Where a table is, and which of its columns the file has.</summary>
/// <param name="Table">The table of the contract.</param>
/// <param name="Path">Null where there is no file.</param>
/// <param name="Found">The file's own names of its columns, by the contract's.</param>
/// <param name="Types">What DuckDB calls their types, by the contract's names.</param>
/// <param name="Problems">Why it cannot be read; empty when it can.</param>
/// <param name="Missing">What may be missing and is.</param>
internal sealed record PlatformFile(
    PlatformTable Table, string? Path, IReadOnlyDictionary<string, string> Found,
    IReadOnlyDictionary<string, string> Types, ImmutableArray<string> Problems, ImmutableArray<string> Missing)
{
    private static readonly Dictionary<string, string> None = [];

    public bool IsCsv => Path?.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The file as a table of DuckDB, values of a CSV as text.</summary>
    public string Source =>
        IsCsv ? $"read_csv({Sql.Quote(Path!)}, header = true, all_varchar = true, delim = ',', quote = '\"')"
            : $"read_parquet({Sql.Quote(Path!)})";

    public static PlatformFile Find(DuckDBConnection connection, string folder, PlatformTable table)
    {
        var path = TableFiles.In(folder, [table]).FirstOrDefault();
        if (path is null)
        {
            return table.IsOptional
                ? new(table, null,
                    None, None, [], [table.Name, .. table.Columns.Select(column => $"{table.Name}.{column.Name}")])
                : new(table, null, None, None, [$"{System.IO.Path.Combine(folder, table.Name)}.parquet or .csv: there "
                    + $"is no such file, and {table.Name} cannot be missing."], []);
        }

        var file = new PlatformFile(table, path, None, None, [], []);
        try
        {
            var own = connection.Query($"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM {file.Source})",
                row => (Name: row.GetString(0), Type: row.GetString(1)));
            var names = own.ConvertAll(entry => entry.Name);
            var found = table.Columns.Select(column => (column.Name,
                Own: names.Find(name => string.Equals(name.Trim(), column.Name, StringComparison.OrdinalIgnoreCase))))
                .Where(entry => entry.Own is not null).ToDictionary(entry => entry.Name, entry => entry.Own!);
            var lacking = table.Columns.Where(column => !found.ContainsKey(column.Name)).ToList();
            return file with
            {
                Found = found,
                Types = found.ToDictionary(
                    entry => entry.Key, entry => own.Find(column => column.Name == entry.Value).Type),
                Problems = [.. lacking.Where(column => !column.IsOptional)
                    .Select(column => $"{path}: no column {column.Name}; found {string.Join(", ", names)}.")],
                Missing = [.. lacking.Where(column => column.IsOptional)
                    .Select(column => $"{table.Name}.{column.Name}")],
            };
        }
        catch (DuckDBException exception)
        {
            return file with { Problems = [$"{path}: it cannot be read: {exception.Words()}"] };
        }
    }

    public void CreateView(DuckDBConnection connection)
    {
        var columns = Table.Columns.Select(
            column => $"{(Path is null ? "NULL" : Expression(column))}::{column.SqlType} AS {column.Name}");
        connection.Execute($"CREATE VIEW {Table.Name} AS "
            + $"SELECT {string.Join(", ", columns)}{(Path is null ? " WHERE false" : $" FROM {Source}")}");
    }

    /// <summary>The value as it is in the file; an empty text of a CSV is none.</summary>
    public string Expression(PlatformColumn column) =>
        !Found.TryGetValue(column.Name, out var own) ? "NULL"
        : IsCsv ? $"nullif(trim({Name(own)}), '')"
        : Name(own);

    /// <summary>Values of a column need no conversion, which could fail.</summary>
    public bool IsTyped(PlatformColumn column) =>
        !IsCsv && Types[column.Name] == column.SqlType.Replace(" ", string.Empty, StringComparison.Ordinal);

    private static string Name(string column) => $"\"{column.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
