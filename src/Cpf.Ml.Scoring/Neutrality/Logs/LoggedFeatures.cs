using System.Collections.Immutable;
using System.Globalization;
using Cpf.Ml.Scoring.Platform;
using DuckDB.NET.Data;

namespace Cpf.Ml.Scoring.Neutrality.Logs;

/// <summary>What the engine knows of offers, as vectors; the same vector is there once.</summary>
/// <param name="Names">Of the components.</param>
/// <param name="Vectors">Components; NaN where the log has none.</param>
/// <remarks>Leaves a table <c>described</c> (search_id, offer_id, vector) in the connection.</remarks>
internal sealed record LoggedFeatures(ImmutableArray<string> Names, ImmutableArray<double[]> Vectors)
{
    /// <param name="connection">Connection with the table <c>features</c>.</param>
    /// <param name="names">Features to read; those of the log in the order of their names where none are given.</param>
    public static LoggedFeatures Read(DuckDBConnection connection, ImmutableArray<string> names = default)
    {
        names = names.IsDefault ? [.. NamesIn(connection)] : names;
        var columns = string.Join(", ", names.Select((_, i) => Column(i)));
        var values = string.Concat(names.Select(
            (name, i) => $", max(value) FILTER (WHERE feature = {Sql.Quote(name)}) AS {Column(i)}"));
        connection.Execute($"CREATE OR REPLACE TEMP TABLE pivoted AS SELECT search_id, offer_id{values} "
            + "FROM features GROUP BY search_id, offer_id");
        connection.Execute($"CREATE OR REPLACE TEMP TABLE vector AS SELECT row_number() OVER () - 1 AS vector, * FROM "
            + $"(SELECT DISTINCT {columns} FROM pivoted ORDER BY ALL)");
        var same = string.Join(
            " AND ", names.Select((_, i) => $"p.{Column(i)} IS NOT DISTINCT FROM v.{Column(i)}"));
        connection.Execute("CREATE OR REPLACE TEMP TABLE described AS "
            + $"SELECT p.search_id, p.offer_id, v.vector FROM pivoted p JOIN vector v ON {same}");
        return new(names, [.. connection.Query($"SELECT {columns} FROM vector ORDER BY vector", row =>
            Enumerable.Range(0, names.Length).Select(i => row.IsDBNull(i) ? double.NaN : row.GetDouble(i)).ToArray())]);
    }

    /// <summary>Empty where the log has no features.</summary>
    public static IReadOnlyList<string> NamesIn(DuckDBConnection connection) =>
        connection.Query("SELECT DISTINCT feature FROM features ORDER BY feature", row => row.GetString(0));

    private static string Column(int i) => string.Create(CultureInfo.InvariantCulture, $"f{i}");
}
