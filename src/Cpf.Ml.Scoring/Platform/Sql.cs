using DuckDB.NET.Data;

namespace Cpf.Ml.Scoring.Platform;

/// <summary>Statements against DuckDB. Values go in as parameters; only names of this program and paths of its files
/// are part of a text.</summary>
public static class Sql
{
    /// <summary>Runs a statement that returns nothing.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="sql">The statement; several may be separated by semicolons.</param>
    /// <param name="parameters">Named values, <c>$name</c> in the statement.</param>
    /// <exception cref="DuckDBException">The database refuses the statement.</exception>
    public static void Execute(
        this DuckDBConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(connection, sql, parameters);
        command.ExecuteNonQuery();
    }

    /// <summary>Runs a query and reads all of its rows.</summary>
    /// <typeparam name="T">Type of a row.</typeparam>
    /// <param name="connection">An open connection.</param>
    /// <param name="sql">The query.</param>
    /// <param name="read">Reads the current row.</param>
    /// <param name="parameters">Named values, <c>$name</c> in the query.</param>
    /// <returns>One element a row, in the order of the query.</returns>
    /// <exception cref="DuckDBException">The database refuses the query.</exception>
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

    /// <summary>The message of the database in one line, without the statement that it quotes: whoever reads it did not
    /// write that.</summary>
    /// <param name="exception">The error of the database.</param>
    /// <returns>One line, in English.</returns>
    public static string Words(this DuckDBException exception) =>
        exception.Message.Split("\n\nLINE ")[0].ReplaceLineEndings(" ").Trim();

    /// <summary>Writes a text as an SQL literal.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The text in quotes, with its own quotes doubled.</returns>
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
