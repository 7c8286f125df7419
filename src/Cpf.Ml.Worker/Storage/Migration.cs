using System.Globalization;

namespace Cpf.Ml.Worker.Storage;

/// <param name="Version">1 or more; each number once.</param>
/// <param name="Sql">Statements that run on SQLite and PostgreSQL alike.</param>
internal sealed record Migration(int Version, string Sql)
{
    private const string Folder = "Cpf.Ml.Worker.Storage.Migrations.";

    /// <summary>The numbered files of <c>Storage/Migrations</c>, in order.</summary>
    public static IReadOnlyList<Migration> All { get; } =
        [.. typeof(Migration).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => new Migration(
                int.Parse(name.AsSpan(Folder.Length, 3), CultureInfo.InvariantCulture), Read(name)))
            .OrderBy(migration => migration.Version)];

    private static string Read(string resource)
    {
        using var stream = typeof(Migration).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
