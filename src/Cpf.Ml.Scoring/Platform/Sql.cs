using DuckDB.NET.Data;

namespace Cpf.Ml.Scoring.Platform;

/// <summary>Statements against DuckDB. Values go in as parameters; only names of this program and paths of its files
/// are part of a text.</summary>
public static class Sql
{
    public static void Execute(
        this DuckDBConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(connection, sql, parameters);
        command.ExecuteNonQuery();
    }

    /// <returns>One a row, in the order of the statement.</returns>
    public static List<T> Query<T>(this DuckDBConnection connection,
        string sql, Func<DuckDBDataReader, T> read, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(connection, sql, parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>What the database says in one line, without the statement that it quotes: whoever reads it has not
    /// written that.</summary>
    public static string Words(this DuckDBException exception) =>
        exception.Message.Split("\n\nLINE ")[0].ReplaceLineEndings(" ").Trim();

    /// <summary>A text as SQL writes it.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static DuckDBCommand Command(
        DuckDBConnection connection, string sql, ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.Add(new DuckDBParameter(name, value));
        }

        return command;
    }
}
