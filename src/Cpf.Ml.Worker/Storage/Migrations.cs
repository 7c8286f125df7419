using System.Data.Common;

namespace Cpf.Ml.Worker.Storage;

/// <summary>Upgrades a database to the newest schema: each migration once, in order, all of them or none.</summary>
internal sealed class Migrations
{
    /// <summary>Any number that no other part of this service uses as an advisory lock.</summary>
    private const long PostgresLock = 0x63_70_66_6D_6C;

    private readonly Database _database;
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<Migration> _migrations;

    public Migrations(Database database, TimeProvider time)
        : this(database, time, Migration.All)
    {
    }

    internal Migrations(Database database, TimeProvider time, IReadOnlyList<Migration> migrations)
    {
        _database = database;
        _time = time;
        _migrations = migrations;
    }

    /// <summary>The schema version that this program needs.</summary>
    public int Newest => _migrations[^1].Version;

    /// <exception cref="InvalidOperationException">The database is newer than this program.</exception>
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _database.OpenAsync(cancellationToken);

        // Two workers may start at once: the second one waits here (SQLite locks the file when the transaction begins).
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (_database.IsPostgres)
        {
            await connection.ExecuteAsync(
                "select pg_advisory_xact_lock(@PostgresLock)", new { PostgresLock }, cancellationToken, transaction);
        }

        await connection.ExecuteAsync(
            "create table if not exists schema_version (version integer primary key, applied_at bigint not null)",
            null,
            cancellationToken,
            transaction);
        var found = await VersionAsync(connection, transaction, cancellationToken);
        if (found > Newest)
        {
            throw new InvalidOperationException(
                $"The database has schema {found}, this program knows schema {Newest}. " +
                "Start a newer Cpf.Ml.Worker, or restore a backup.");
        }

        foreach (var migration in _migrations.Where(migration => migration.Version > found))
        {
            // SQLite calls bytes blob; under another type name the column would have the affinity of text.
            var sql = _database.IsPostgres ? migration.Sql
                : migration.Sql.Replace(" bytea ", " blob ", StringComparison.Ordinal);
            await connection.ExecuteAsync(sql, null, cancellationToken, transaction);
            await connection.ExecuteAsync(
                "insert into schema_version (version, applied_at) values (@Version, @Now)",
                new { migration.Version, Now = _time.GetUtcNow().ToUnixTimeMilliseconds() },
                cancellationToken,
                transaction);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>The schema version of the database, for the health check.</summary>
    /// <exception cref="DbException">The database cannot be read.</exception>
    public async Task<int> FindVersionAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _database.OpenAsync(cancellationToken);
        return await VersionAsync(connection, null, cancellationToken);
    }

    private static async Task<int> VersionAsync(
        DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken) =>
        await connection.ExecuteScalarAsync<int?>(
            "select max(version) from schema_version", null, cancellationToken, transaction)
            ?? 0;
}
