using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Cpf.Ml.Worker.Storage;

/// <summary>Opens connections to SQLite or PostgreSQL. All SQL of the Worker is written once and runs on
/// both.</summary>
/// <remarks>
/// Instants are <c>bigint</c> Unix milliseconds, flags are nullable instants, documents are JSON text: the forms that
/// both engines read and write alike. Thread-safe.
/// </remarks>
internal sealed class Database : IAsyncDisposable
{
    private readonly NpgsqlDataSource? _postgres;
    private readonly string _sqlite = "";

    public Database(StorageSettings settings)
    {
        if (settings.Connection.Length > 0)
        {
            // PostgreSQL allows 100 connections by default; a process that opens 100 leaves none for anybody else.
            var connection = new NpgsqlConnectionStringBuilder(settings.Connection);
            connection.MaxPoolSize = Math.Min(connection.MaxPoolSize, 20);
            connection.Timezone = "UTC";
            _postgres = NpgsqlDataSource.Create(connection);
            return;
        }

        var path = System.IO.Path.GetFullPath(settings.Path);
        System.IO.Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        _sqlite = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 30, ForeignKeys = true }
            .ToString();
    }

    public bool IsPostgres => _postgres is not null;

    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        if (_postgres is not null)
        {
            return await _postgres.OpenConnectionAsync(cancellationToken);
        }

        var connection = new SqliteConnection(_sqlite);
        await connection.OpenAsync(cancellationToken);
        await using var pragma = connection.CreateCommand();

        // WAL does not block readers during a write; FULL keeps every committed transaction through a power cut.
        pragma.CommandText = "pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 30000";
        await pragma.ExecuteNonQueryAsync(cancellationToken);
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }
        else
        {
            SqliteConnection.ClearPool(new SqliteConnection(_sqlite));
        }
    }
}
