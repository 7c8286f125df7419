using Cpf.Ml.Worker.Storage;
using Cpf.Ml.Worker.Tests.Fixtures;
using Dapper;

namespace Cpf.Ml.Worker.Tests.Storage;

public abstract class MigrationsContract(StoreFixture store)
{
    private const string KeepSetting =
        "insert into setting (name, value, changed_by, changed_at) values ('kept', '1', 'test', 0)";

    private static readonly int Newest = Migration.All[^1].Version;

    [Fact]
    public async Task Empty_database_gets_the_newest_schema()
    {
        await using var database = new Database(await store.CreateEmptyAsync());

        await ApplyAsync(database);

        Assert.Equal(Newest, await ScalarAsync<long>(database, "select max(version) from schema_version"));
        Assert.Equal(0, await ScalarAsync<long>(database, "select count(*) from account"));
    }

    [Fact]
    public async Task Applying_migrations_twice_changes_nothing()
    {
        await using var database = new Database(await store.CreateEmptyAsync());
        await ApplyAsync(database);
        await ExecuteAsync(database, KeepSetting);

        await ApplyAsync(database);

        Assert.Equal(Migration.All.Count, await ScalarAsync<long>(database, "select count(*) from schema_version"));
        Assert.Equal("1", await ScalarAsync<string>(database, "select value from setting where name = 'kept'"));
    }

    [Fact]
    public async Task Workers_that_start_at_once_apply_each_migration_once()
    {
        await using var database = new Database(await store.CreateEmptyAsync());

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ApplyAsync(database))));

        Assert.Equal(Migration.All.Count, await ScalarAsync<long>(database, "select count(*) from schema_version"));
    }

    [Fact]
    public async Task Newer_database_is_refused_with_both_versions_and_what_to_do()
    {
        await using var database = new Database(await store.CreateEmptyAsync());
        await ApplyAsync(database, [.. Migration.All, new(900, "create table later (id bigint)")]);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => ApplyAsync(database));

        Assert.Equal(
            $"The database has schema 900, this program knows schema {Newest}. Start a newer Cpf.Ml.Worker, or "
                + "restore a backup.",
            refusal.Message);
    }

    [Fact]
    public async Task Older_database_is_upgraded_and_keeps_its_rows()
    {
        await using var database = new Database(await store.CreateEmptyAsync());
        await ApplyAsync(database);
        await ExecuteAsync(database, KeepSetting);

        await ApplyAsync(database, [.. Migration.All, new(900, "alter table setting add column note text")]);

        Assert.Equal(900, await ScalarAsync<long>(database, "select max(version) from schema_version"));
        Assert.Equal(
            1, await ScalarAsync<long>(database, "select count(*) from setting where name = 'kept' and note is null"));
    }

    [Fact]
    public async Task Alerts_of_schema_15_get_their_capability_from_their_rule()
    {
        await using var database = new Database(await store.CreateEmptyAsync());
        await ApplyAsync(database, [.. Migration.All.Where(migration => migration.Version <= 15)]);
        foreach (var (incident, rules) in new (string, string[])[]
        {
            ("outage", ["anomaly", "no-data"]),
            ("bias", ["neutrality", "neutrality"]),
            ("mixed", ["neutrality", "anomaly"]),
        })
        {
            await ExecuteAsync(database, $"""
                insert into incident
                    (id, service, severity, opened_at, updated_at, title, announced, announced_at, version)
                values ('{incident}', 'x', 'warning', 0, 0, '', '[]', 0, 1)
                """);
            foreach (var (index, rule) in rules.Index())
            {
                await ExecuteAsync(database, $"""
                    insert into alert (id, incident_id, rule, series_id, series_name, service, severity, opened_at,
                        updated_at, document)
                    values ('{incident}{index}', '{incident}', '{rule}', 's', '', 'x', 'warning', 0, 0, '')
                    """);
            }
        }

        await ApplyAsync(database);

        Assert.Equal(
            ["bias neutrality", "mixed transactions", "outage transactions"],
            await ListAsync(database, "select id || ' ' || capability from incident order by id"));
        Assert.Equal(
            [
                "bias0 neutrality", "bias1 neutrality", "mixed0 neutrality", "mixed1 transactions",
                "outage0 transactions", "outage1 transactions",
            ],
            await ListAsync(database, "select id || ' ' || capability from alert order by id"));
    }

    [Fact]
    public async Task Failed_migration_leaves_the_database_as_it_was()
    {
        await using var database = new Database(await store.CreateEmptyAsync());
        await ApplyAsync(database);

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() =>
            ApplyAsync(
                database, [.. Migration.All, new(900, "create table half (id bigint)"), new(901, "create nonsense")]));

        Assert.Equal(Newest, await ScalarAsync<long>(database, "select max(version) from schema_version"));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(
            () => ScalarAsync<long>(database, "select count(*) from half"));
    }

    private static Task ApplyAsync(Database database, IReadOnlyList<Migration>? migrations = null) =>
        new Migrations(database, TimeProvider.System, migrations ?? Migration.All)
            .ApplyAsync(TestContext.Current.CancellationToken);

    private static async Task<T?> ScalarAsync<T>(Database database, string sql)
    {
        await using var connection = await database.OpenAsync(TestContext.Current.CancellationToken);
        return await connection.ExecuteScalarAsync<T>(sql);
    }

    private static async Task<IEnumerable<string>> ListAsync(Database database, string sql)
    {
        await using var connection = await database.OpenAsync(TestContext.Current.CancellationToken);
        return await connection.QueryAsync<string>(sql);
    }

    private static async Task ExecuteAsync(Database database, string sql)
    {
        await using var connection = await database.OpenAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync(sql);
    }
}

public sealed class MigrationsOnSqlite(SqliteStore store) : MigrationsContract(store), IClassFixture<SqliteStore>;

public sealed class MigrationsOnPostgres(PostgresStore store) : MigrationsContract(store), IClassFixture<PostgresStore>;
