using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Tests.Fixtures;

/// <summary>
/// A migrated database of a test class. Write store tests once, as an abstract class over this, and run them on both
/// engines.
/// </summary>
/// <example><code>
/// public abstract class ThingStoreContract(StoreFixture store) { … }
/// public sealed class ThingStoreOnSqlite(SqliteStore store) : ThingStoreContract(store),
/// IClassFixture&lt;SqliteStore&gt;; public sealed class ThingStoreOnPostgres(PostgresStore store) :
/// ThingStoreContract(store), IClassFixture&lt;PostgresStore&gt;;
/// </code></example>
public abstract class StoreFixture : IAsyncLifetime
{
    internal Database Database { get; private set; } = null!;

    internal StorageSettings Settings { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Settings = await CreateAsync();
        Database = new Database(Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        Delete();
        GC.SuppressFinalize(this);
    }

    /// <summary>A database with the newest schema and no rows.</summary>
    internal abstract Task<StorageSettings> CreateAsync();

    /// <summary>A database without a schema.</summary>
    internal abstract Task<StorageSettings> CreateEmptyAsync();

    internal virtual void Delete()
    {
    }
}

/// <summary>A SQLite file of its own.</summary>
public sealed class SqliteStore : StoreFixture
{
    private readonly TemporaryFolder _folder = new();
    private int _files;

    internal override async Task<StorageSettings> CreateAsync()
    {
        var settings = await CreateEmptyAsync();
        await MigratedFile.CopyToAsync(settings.Path);
        return settings;
    }

    internal override Task<StorageSettings> CreateEmptyAsync() =>
        Task.FromResult(new StorageSettings { Path = _folder.In($"{Interlocked.Increment(ref _files)}.db") });

    internal override void Delete() => _folder.Dispose();
}

/// <summary>A database of its own on a real PostgreSQL.</summary>
public sealed class PostgresStore(PostgresCluster cluster) : StoreFixture
{
    internal override async Task<StorageSettings> CreateAsync() =>
        new() { Connection = await cluster.CreateMigratedDatabaseAsync() };

    internal override async Task<StorageSettings> CreateEmptyAsync() =>
        new() { Connection = await cluster.CreateDatabaseAsync() };
}
