using System.Diagnostics;
using Cpf.Ml.Worker.Storage;
using Npgsql;

[assembly: AssemblyFixture(typeof(Cpf.Ml.Worker.Tests.Fixtures.PostgresCluster))]

namespace Cpf.Ml.Worker.Tests.Fixtures;

/// <summary>A private PostgreSQL 15 for the whole test run, started when the first test asks for a database.</summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private const string Binaries = "/usr/lib/postgresql/15/bin/";

    private readonly TemporaryFolder _folder = new();
    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly SemaphoreSlim _migrating = new(1, 1);
    private ServerProcess? _server;
    private string[] _command = [];
    private string _connection = "";
    private string _template = "";
    private int _databases;

    /// <summary>The connection string of a new, empty database.</summary>
    public Task<string> CreateDatabaseAsync() => CreateDatabaseAsync("template1");

    /// <summary>
    /// The connection string of a new database with the newest schema, copied from a template that is migrated once.
    /// </summary>
    public async Task<string> CreateMigratedDatabaseAsync()
    {
        await _migrating.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            // A database that somebody is connected to cannot be copied, nor can two copies be made of it at once.
            if (_template.Length == 0)
            {
                var connection = await CreateDatabaseAsync();
                await using var database = new Database(new StorageSettings { Connection = connection });
                await new Migrations(database, TimeProvider.System).ApplyAsync(TestContext.Current.CancellationToken);
                _template = new NpgsqlConnectionStringBuilder(connection).Database!;
            }

            return await CreateDatabaseAsync(_template);
        }
        finally
        {
            _migrating.Release();
        }
    }

    private async Task<string> CreateDatabaseAsync(string template)
    {
        await _starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _server ??= await StartAsync();
        }
        finally
        {
            _starting.Release();
        }

        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await using var data = NpgsqlDataSource.Create(_connection);
        await using var command = data.CreateCommand($"create database {name} template {template}");
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return new NpgsqlConnectionStringBuilder(_connection) { Database = name, Pooling = true }.ToString();
    }

    /// <summary>Stops the server, for a test that has a cluster of its own.</summary>
    public async Task StopAsync() => await _server!.DisposeAsync();

    /// <summary>Starts the server again, with what it stored.</summary>
    public async Task RestartAsync() => _server = await LaunchAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _folder.Dispose();
        _starting.Dispose();
        _migrating.Dispose();
    }

    private async Task<ServerProcess> StartAsync()
    {
        if (!File.Exists(Binaries + "initdb"))
        {
            throw new InvalidOperationException(
                "The tests need PostgreSQL 15: run deploy/install-test-servers, as ./test does.");
        }

        var home = _folder.In("pg");
        Directory.CreateDirectory(home);
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", ["postgres", home]);
        }

        var port = FreePort.Take();
        var data = Path.Combine(home, "data");
        await RunAsync(
            AsServer(
                "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"));

        _command = AsServer(
            "postgres", "-D", data, "-c", "listen_addresses=127.0.0.1", "-c", $"port={port}",
            "-c", $"unix_socket_directories={home}", "-c", "timezone=UTC", "-c", "max_connections=300",
            "-c", "fsync=off", "-c", "full_page_writes=off");
        _connection = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;Pooling=false";
        return await LaunchAsync();
    }

    private async Task<ServerProcess> LaunchAsync()
    {
        // "postgres" refuses to run as root and stops fast, rolling open transactions back, on SIGINT.
        var server = ServerProcess.Start(_folder.In("postgres.log"), _command, "INT");
        await server.UntilAsync(async cancellationToken =>
        {
            await using var connection = new NpgsqlConnection(_connection);
            await connection.OpenAsync(cancellationToken);
            return true;
        });
        return server;
    }

    private static string[] AsServer(string program, params string[] arguments) => Environment.IsPrivilegedProcess
        ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", Binaries + program, .. arguments]
        : [Binaries + program, .. arguments];

    private static Task RunAsync(string[] command) => RunAsync(command[0], command[1..]);

    private static async Task RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} exited with {process.ExitCode}: {await output}{error}");
        }
    }
}
