using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;

namespace Cpf.Ml.Worker.Storage;

/// <summary>The one way to run a statement: on an open connection, and cancelled with its caller.</summary>
/// <remarks>
/// SQL is constant text, values are parameters: an object whose properties are named as in the statement. A statement
/// that must run to its end although its caller has gone takes <see cref="CancellationToken.None"/> and says why.
/// </remarks>
internal static class SqlStatements
{
    extension(DbConnection connection)
    {
        /// <returns>All rows, each mapped to <typeparamref name="T"/> by the names of its columns.</returns>
        public Task<IEnumerable<T>> QueryAsync<T>(string sql,
            object? parameters, CancellationToken cancellationToken, DbTransaction? transaction = null) =>
            connection.QueryAsync<T>(Command(sql, parameters, transaction, cancellationToken));

        /// <summary>Rows one at a time, for results that may not fit into memory.</summary>
        public async IAsyncEnumerable<T> QueryUnbufferedAsync<T>(
            string sql, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var row in SqlMapper.QueryUnbufferedAsync<T>(connection, sql)
                .WithCancellation(cancellationToken))
            {
                yield return row;
            }
        }

        /// <exception cref="InvalidOperationException">There is no row, or more than one.</exception>
        public Task<T> QuerySingleAsync<T>(string sql,
            object? parameters, CancellationToken cancellationToken, DbTransaction? transaction = null) =>
            connection.QuerySingleAsync<T>(Command(sql, parameters, transaction, cancellationToken));

        /// <returns>Null when there is no row.</returns>
        /// <exception cref="InvalidOperationException">There is more than one row.</exception>
        public Task<T?> QuerySingleOrDefaultAsync<T>(string sql,
            object? parameters, CancellationToken cancellationToken, DbTransaction? transaction = null) =>
            connection.QuerySingleOrDefaultAsync<T>(Command(sql, parameters, transaction, cancellationToken));

        /// <returns>The first column of the first row; null when there is no row.</returns>
        public Task<T?> ExecuteScalarAsync<T>(string sql,
            object? parameters, CancellationToken cancellationToken, DbTransaction? transaction = null) =>
            connection.ExecuteScalarAsync<T>(Command(sql, parameters, transaction, cancellationToken));

        /// <param name="parameters">A list of objects runs the statement once for each.</param>
        /// <returns>The number of rows that changed.</returns>
        public Task<int> ExecuteAsync(string sql,
            object? parameters, CancellationToken cancellationToken, DbTransaction? transaction = null) =>
            connection.ExecuteAsync(Command(sql, parameters, transaction, cancellationToken));
    }

    private static CommandDefinition Command(
        string sql, object? parameters, DbTransaction? transaction, CancellationToken cancellationToken) =>
        new(sql, parameters, transaction, cancellationToken: cancellationToken);
}
