using System.Globalization;
using Dapper;

namespace Cpf.Ml.Worker.Storage;

/// <summary>Brings a database to the newest schema: numbered SQL files, each applied once, in order, in a transaction.</summary>
internal sealed class Migrations(Database database, TimeProvider time)
{
    private const string Folder = "Cpf.Ml.Worker.Storage.Migrations.";

    /// <summary>The version this program knows.</summary>
    public static int Newest => Files().Last().Version;

    /// <exception cref="InvalidOperationException">The database is newer than this program.</exception>
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(
            "create table if not exists schema_version (version integer primary key, applied_at bigint not null)");
        var found = await connection.ExecuteScalarAsync<int?>("select max(version) from schema_version") ?? 0;
        if (found > Newest)
        {
            throw new InvalidOperationException(
                $"The database has schema {found}, this program knows schema {Newest}. Start a newer Cpf.Ml.Worker, or restore a backup.");
        }

        foreach (var (version, resource) in Files().Where(file => file.Version > found))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await connection.ExecuteAsync(Read(resource), transaction: transaction);
            await connection.ExecuteAsync(
                "insert into schema_version (version, applied_at) values (@version, @now)",
                new { version, now = time.GetUtcNow().ToUnixTimeMilliseconds() },
                transaction);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    private static List<(int Version, string Resource)> Files() =>
        [.. typeof(Migrations).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => (int.Parse(name.AsSpan(Folder.Length, 3), CultureInfo.InvariantCulture), name))
            .OrderBy(file => file.Item1)];

    private static string Read(string resource)
    {
        using var stream = typeof(Migrations).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
