using System.Data.Common;
using System.Globalization;

namespace Cpf.Ml.Worker.Storage;

/// <summary>Inserts many rows with few statements: each one costs a round trip to PostgreSQL.</summary>
internal static class SqlRows
{
    /// <summary>Rows a statement. SQLite searches all parameters for each of them, so that larger statements are
    /// slower.</summary>
    private const int MaxRowsPerStatement = 20;

    /// <param name="table">Constant SQL: a table and its columns in parentheses.</param>
    /// <param name="conflict">Constant SQL: what follows the values.</param>
    /// <param name="rows">Values in the order of the columns, null for SQL null; no two rows with the same key.</param>
    public static async Task InsertAsync(
        DbTransaction transaction, string table,
        string conflict, IEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        DbCommand? command = null;
        try
        {
            var length = 0;
            foreach (var part in rows.Chunk(MaxRowsPerStatement))
            {
                if (part.Length != length)
                {
                    await (command?.DisposeAsync() ?? ValueTask.CompletedTask);
                    (command, length) = (Command(transaction, table, conflict, part), part.Length);
                }

                foreach (var (index, value) in part.SelectMany(row => row).Index())
                {
                    command!.Parameters[index].Value = value ?? DBNull.Value;
                }

                await command!.ExecuteNonQueryAsync(cancellationToken);
            }
        }
        finally
        {
            await (command?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    private static DbCommand Command(DbTransaction transaction, string table, string conflict, object?[][] rows)
    {
        var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        var lists = rows.Select(row => $"({string.Join(", ", row.Select(_ => Add(command)))})").ToList();
#pragma warning disable CA2100 // The texts are constants, the values parameters.
        command.CommandText = $"insert into {table} values {string.Join(", ", lists)} {conflict}";
#pragma warning restore CA2100
        return command;
    }

    private static string Add(DbCommand command)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{command.Parameters.Count}");
        command.Parameters.Add(parameter);
        return parameter.ParameterName;
    }
}
