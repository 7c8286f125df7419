using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Tests.Fixtures;

/// <summary>An embedded database with the newest schema and no rows, migrated once a test run and copied.</summary>
internal static class MigratedFile
{
    private static readonly Lazy<Task<byte[]>> Content = new(CreateAsync);

    /// <summary>Leaves a file alone that is there already.</summary>
    public static async Task CopyToAsync(string path)
    {
        if (!File.Exists(path))
        {
            await File.WriteAllBytesAsync(path, await Content.Value, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<byte[]> CreateAsync()
    {
        using var folder = new TemporaryFolder();
        var path = folder.In("migrated.db");

        // The last connection that closes writes the log into the file.
        await using (var database = new Database(new StorageSettings { Path = path }))
        {
            await new Migrations(database, TimeProvider.System).ApplyAsync(CancellationToken.None);
        }

        return await File.ReadAllBytesAsync(path);
    }
}
