using System.Collections.Immutable;
using DuckDB.NET.Data;

namespace Cpf.Ml.Scoring.Platform;

/// <summary>A folder of platform data, read through DuckDB: each table of <see cref="PlatformContract"/> is a view with
/// every one of its columns.</summary>
/// <remarks>
/// A file is <c>table.parquet</c> or <c>table.csv</c> (comma, header, UTF-8). Columns are found by name, case and order
/// do not matter; others are passed over. A table or column that may be missing and is reads as empty and is in
/// <see cref="Missing"/>. One user at a time.
/// </remarks>
public sealed class PlatformData : IDisposable
{
    private PlatformData(DuckDBConnection connection, ImmutableHashSet<string> missing) =>
        (Connection, Missing) = (connection, missing);

    /// <summary>The connection whose views are the tables; it is closed with this object.</summary>
    public DuckDBConnection Connection { get; }

    /// <summary>Optional tables and columns that are not there: <c>table</c> or <c>table.column</c>.</summary>
    public ImmutableHashSet<string> Missing { get; }

    /// <summary>Opens the tables of a folder.</summary>
    /// <param name="folder">Folder of the files.</param>
    /// <param name="validate">Whether every value, key and reference is checked first; data that was validated before
    /// opens faster without.</param>
    /// <param name="tables">Tables of another contract; those of <see cref="PlatformContract"/> where none are
    /// given.</param>
    /// <returns>The open data, which the caller disposes of.</returns>
    /// <exception cref="PlatformDataException">A file or column is missing, or a value is not what it should
    /// be.</exception>
    public static PlatformData Open(string folder, bool validate = true, ImmutableArray<PlatformTable> tables = default)
    {
        var connection = new DuckDBConnection("Data Source=:memory:");
        try
        {
            connection.Open();
            connection.Execute("SET TimeZone = 'UTC'");
            connection.Execute("SET preserve_insertion_order = true");
            var files = (tables.IsDefault ? PlatformContract.Tables : tables)
                .Select(table => PlatformFile.Find(connection, folder, table)).ToList();
            var wrong = files.SelectMany(file => file.Problems).ToList();
            if (wrong.Count == 0)
            {
                files.ForEach(file => file.CreateView(connection));
                wrong = validate ? [.. files.SelectMany(file => PlatformValidation.Problems(connection, file))] : wrong;
            }

            return wrong.Count == 0
                ? new PlatformData(connection, [.. files.SelectMany(file => file.Missing)])
                : throw new PlatformDataException(wrong);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose() => Connection.Dispose();
}
