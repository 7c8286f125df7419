#pragma warning disable RS0030 // Platform is where Scoring reads the tables of platform data.
using System.Security.Cryptography;
using System.Text;

namespace Cpf.Ml.Scoring.Platform;

/// <summary>The files of tables in a folder: <c>name.parquet</c>, or <c>name.csv</c>.</summary>
public static class TableFiles
{
    private static readonly string[] Endings = [".parquet", ".csv"];

    /// <summary>Finds the files of tables.</summary>
    /// <param name="folder">Folder of the files.</param>
    /// <param name="tables">The tables to look for.</param>
    /// <returns>Paths of the files that exist, in the order of the tables, Parquet before CSV.</returns>
    public static IEnumerable<string> In(string folder, IEnumerable<PlatformTable> tables) => tables
        .SelectMany(table => Endings.Select(ending => Path.Combine(folder, table.Name + ending)))
        .Where(File.Exists);

    /// <summary>Hashes the files of tables.</summary>
    /// <param name="folder">Folder of the files.</param>
    /// <param name="tables">The tables to look for.</param>
    /// <returns>SHA-256 in lower-case hexadecimal by file name, in ordinal order of the names.</returns>
    public static IReadOnlyDictionary<string, string> Hashes(string folder, IEnumerable<PlatformTable> tables) =>
        In(folder, tables).OrderBy(Path.GetFileName, StringComparer.Ordinal)
            .ToDictionary(path => Path.GetFileName(path), path => Convert.ToHexStringLower(Hash(path)));

    /// <summary>
    /// SHA-256, in lower-case hexadecimal, of a text and of the name and every byte of each file: the same wherever and
    /// whenever the files were copied.
    /// </summary>
    /// <param name="text">What is done with the files: the same files used otherwise have another fingerprint.</param>
    /// <param name="paths">Paths in an order that does not change.</param>
    /// <returns>64 hexadecimal digits.</returns>
    public static string Fingerprint(string text, IEnumerable<string> paths)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        foreach (var path in paths)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(path)));
            hash.AppendData(Hash(path));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static byte[] Hash(string path)
    {
        using var stream = File.OpenRead(path);
        return SHA256.HashData(stream);
    }
}
