using System.Globalization;
using DuckDB.NET.Data;

namespace Cpf.Ml.Scoring.Platform;

/// <summary>Looks at every value, key and reference of a file.</summary>
internal static class PlatformValidation
{
    /// <summary>One line a column and reason, with how many rows have it and the first of them; empty when all is
    /// well.</summary>
    public static IEnumerable<string> Problems(DuckDBConnection connection, PlatformFile file)
    {
        if (file.Path is null)
        {
            return [];
        }

        try
        {
            var checks = file.Table.Columns.Where(column => file.Found.ContainsKey(column.Name))
                .SelectMany(column => Checks(file, column)).ToList();
            var counts = connection.Query(
                $"SELECT {string.Join(", ", checks.Select(check => $"count(*) FILTER (WHERE {check.Broken})"))} "
                    + $"FROM {file.Source}",
                row => checks.Select((_, i) => row.GetInt64(i)).ToArray()).Single();
            var problems = checks.Zip(counts)
                .Where(pair => pair.Second > 0)
                .Select(pair => Problem(connection, file, pair.First, pair.Second)).ToList();

            // Keys and references are of values, which must be such first.
            return problems.Count > 0 ? problems : [.. Repeated(connection, file), .. Dangling(connection, file)];
        }
        catch (DuckDBException exception)
        {
            return [$"{file.Path}: it cannot be read: {exception.Words()}"];
        }
    }

    private static IEnumerable<Check> Checks(PlatformFile file, PlatformColumn column)
    {
        var value = file.Expression(column);
        var typed = file.IsTyped(column) ? value : $"TRY_CAST({value} AS {column.SqlType})";
        if (!column.IsNullable)
        {
            yield return new Check(column, $"{value} IS NULL", "a value is needed");
        }

        if (typed != value)
        {
            yield return new Check(column, $"{value} IS NOT NULL AND {typed} IS NULL", $"is no {Words(column.Type)}");
        }

        if (column.Min is { } least)
        {
            yield return new Check(column, $"{typed} < {Number(least)}", $"is less than {Number(least)}");
        }

        if (column.Max is { } most)
        {
            yield return new Check(column, $"{typed} > {Number(most)}", $"is more than {Number(most)}");
        }

        if (!column.Values.IsEmpty)
        {
            yield return new Check(column, $"{value} NOT IN ({string.Join(", ", column.Values.Select(Sql.Quote))})",
                $"is none of {string.Join(", ", column.Values)}");
        }
    }

    private static string Problem(DuckDBConnection connection, PlatformFile file, Check check, long count)
    {
        var (row, value) = connection.Query(
            $"SELECT place, value FROM (SELECT row_number() OVER () AS place, CAST({file.Expression(check.Column)} "
                + $"AS VARCHAR) AS value, {check.Broken} AS broken FROM {file.Source}) WHERE broken ORDER BY "
                + $"place LIMIT 1",
            reader => (reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetString(1))).Single();
        return $"{Place(file, row)}, column {check.Column.Name}: "
            + $"{(value is null ? "" : $"«{value}» ")}{check.Reason}{Others(count)}.";
    }

    private static List<string> Repeated(DuckDBConnection connection, PlatformFile file)
    {
        if (file.Table.Key.IsEmpty)
        {
            return [];
        }

        // Most exports are in the order of their key, in which a repetition stands beside its first.
        var key = string.Join(", ", file.Table.Key);
        if (connection.Query($"SELECT coalesce(bool_and(key > before), true) FROM (SELECT ({key}) AS key, lag(({key})) "
            + $"OVER () AS before FROM {file.Table.Name}) WHERE before IS NOT NULL", row => row.GetBoolean(0)).Single())
        {
            return [];
        }

        var (rows, distinct) = connection.Query($"SELECT count(*), count(DISTINCT ({key})) FROM {file.Table.Name}",
            row => (row.GetInt64(0), row.GetInt64(1))).Single();
        return rows == distinct
            ? []
            : connection.Query(
                $"SELECT max(place), CAST(any_value(({key})) AS VARCHAR) FROM (SELECT *, row_number() OVER () AS place "
                    + $"FROM {file.Table.Name}) GROUP BY ({key}) HAVING count(*) > 1 ORDER BY 1 LIMIT 1",
                row => $"{Place(file, row.GetInt64(0))}, column {key}: «{row.GetString(1)}» is there "
                    + $"twice{Others(rows - distinct)}.");
    }

    private static IEnumerable<string> Dangling(DuckDBConnection connection, PlatformFile file)
    {
        foreach (var column in file.Table.Columns.Where(column => column.References is not null))
        {
            var other = PlatformContract.Table(column.References!);
            string Lost(string rows) => $"(SELECT * FROM {rows} WHERE {column.Name} IS NOT NULL) t ANTI "
                + $"JOIN {other.Name} o ON t.{column.Name} = o.{other.Key[0]}";
            if (connection.Query($"SELECT count(*) FROM {Lost(file.Table.Name)}", row => row.GetInt64(0))
                .Single() is > 0 and var count)
            {
                yield return connection.Query(
                    $"SELECT place, CAST({column.Name} AS VARCHAR) "
                        + $"FROM {Lost($"(SELECT *, row_number() OVER () AS place FROM {file.Table.Name})")} ORDER "
                        + $"BY 1 LIMIT 1",
                    row => $"{Place(file, row.GetInt64(0))}, column {column.Name}: «{row.GetString(1)}» is not "
                        + $"in {other.Name}{Others(count)}.").Single();
            }
        }
    }

    /// <summary>Of a CSV the line, which people see in an editor: the header is line 1, values of several lines
    /// aside.</summary>
    private static string Place(PlatformFile file, long row) =>
        $"{file.Path}, {(file.IsCsv ? "line" : "row")} {row + (file.IsCsv ? 1 : 0)}";

    private static string Others(long count) => count == 1 ? string.Empty : $" ({count} rows)";

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Words(PlatformType type) => type switch
    {
        PlatformType.Count => "whole number",
        PlatformType.Number => "number",
        PlatformType.Money => "amount in EUR",
        PlatformType.Date => "date yyyy-MM-dd",
        PlatformType.Instant => "instant yyyy-MM-dd HH:mm:ss",
        PlatformType.Flag => "true or false",
        _ => "text",
    };

    /// <param name="Column">The column that is checked.</param>
    /// <param name="Broken">SQL: true for a row that is wrong.</param>
    /// <param name="Reason">What is wrong, after the value.</param>
    private readonly record struct Check(PlatformColumn Column, string Broken, string Reason);
}
