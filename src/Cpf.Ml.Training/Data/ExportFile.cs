using Cpf.Ml.Scoring;
using System.Globalization;
using Cpf.Ml.Scoring.Platform;
using DuckDB.NET.Data;

namespace Cpf.Ml.Training.Data;

/// <summary>
/// A file of public data, as it is published: a CSV, mostly with semicolons, or Parquet. Every value is read as text.
/// </summary>
/// <remarks>Spellings of headers differ between releases: columns are found without case, accents and punctuation.
/// Texts may have line breaks and doubled quotes.</remarks>
internal sealed class ExportFile
{
    private readonly string _path;
    private readonly List<string> _names;

    /// <exception cref="InputException">There is no such file, or it is no such table.</exception>
    public ExportFile(DuckDBConnection connection, string path, char delimiter = ';')
    {
        _path = File.Exists(path) ? path : throw new InputException($"{path}: there is no such file.");
        Source = path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase)
            ? $"(SELECT COLUMNS(*)::VARCHAR FROM read_parquet({Sql.Quote(path)}))"
            : $"read_csv({Sql.Quote(path)}, delim = '{delimiter}', header = true, all_varchar = true, quote = '\"', "
                + "escape = '\"', null_padding = true, strict_mode = false, parallel = false)";
        try
        {
            _names = connection.Query(
                $"SELECT column_name FROM (DESCRIBE SELECT * FROM {Source})", row => row.GetString(0));
        }
        catch (DuckDBException exception)
        {
            throw new InputException($"{path}: it cannot be read: {exception.Words()}");
        }
    }

    /// <summary>The file as a table of DuckDB.</summary>
    public string Source { get; }

    /// <summary>Its columns, as SQL.</summary>
    public IEnumerable<string> All => _names.Select(Quoted);

    /// <summary>The column of the first of these names that there is, as SQL.</summary>
    public string? Find(params string[] names) => names.Select(name => _names.Find(own => Fold(own) == Fold(name)))
        .FirstOrDefault(own => own is not null) is { } found
        ? Quoted(found)
        : null;

    /// <summary>Columns by their names, as SQL.</summary>
    /// <exception cref="InputException">Some are not there; all of them are named at once.</exception>
    public string[] Columns(params string[] names)
    {
        var lacking = names.Where(name => Find(name) is null).ToList();
        return lacking.Count == 0
            ? [.. names.Select(name => Find(name)!)]
            : throw new InputException($"{_path}: no column {string.Join(", ", lacking)}; found "
                + $"{string.Join(", ", _names)}.");
    }

    /// <summary>A statement with these columns as c0, c1, …</summary>
    public string Select(params string[] names)
    {
        var columns = Columns(names)
            .Select((column, index) => string.Create(CultureInfo.InvariantCulture, $"{column} AS c{index}"));
        return $"SELECT {string.Join(", ", columns)} FROM {Source}";
    }

    /// <summary>Reports an error of the database about a value that is not as published as a fault of the
    /// input.</summary>
    /// <param name="path">What is read.</param>
    public static T Reading<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DuckDBException exception)
        {
            throw new InputException($"{path}: it cannot be read: {exception.Words()}");
        }
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Small letters and digits alone, without accents.</summary>
    internal static string Fold(string text) =>
        string.Concat(Accents.Strip(text).Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}

/// <summary>CSV files of a folder, by a part of their names.</summary>
internal sealed class ExportFolder(DuckDBConnection connection, string folder)
{
    private readonly List<string> _paths = Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.csv")
        .Order(StringComparer.Ordinal)] : throw new InputException($"{folder}: there is no such folder.");

    public ExportFile? Find(string part) => _paths.Find(path => ExportFile.Fold(Path.GetFileName(path)).Contains(
        ExportFile.Fold(part), StringComparison.Ordinal)) is { } path ? new ExportFile(connection, path) : null;

    public ExportFile Get(string part) => Find(part) ?? throw new InputException($"{folder}: there is no file "
        + $"*{part}*.csv.");
}
