#pragma warning disable RS0030 // Platform is where Scoring reads the tables of platform data.
using System.Security.Cryptography;
using System.Text;

namespace Cpf.Ml.Scoring.Platform;

/// <summary>The files of tables in a folder: <c>name.parquet</c>, or <c>name.csv</c>.</summary>
public static class TableFiles
{
    private static readonly string[] Endings = [".parquet", ".csv"];

    /// <summary>Paths of those that are there, in the order of the tables.</summary>
    public static IEnumerable<string> In(string folder, IEnumerable<PlatformTable> tables) => tables
        .SelectMany(table => Endings.Select(ending => Path.Combine(folder, table.Name + ending)))
        .Where(File.Exists);

    /// <summary>SHA-256 of each, in lower-case hexadecimal, by the file's name and in the order of names.</summary>
    public static IReadOnlyDictionary<string, string> Hashes(string folder, IEnumerable<PlatformTable> tables) =>
        In(folder, tables).OrderBy(Path.GetFileName, StringComparer.Ordinal)
            .ToDictionary(path => Path.GetFileName(path), path => Convert.ToHexStringLower(Hash(path)));

    /// <summary>
    /// SHA-256, in lower-case hexadecimal, of a text and of the name and every byte of each file: the same wherever and
    /// whenever the files were copied.
    /// </summary>
    /// <param name="text">What is done with the files: done otherwise, it is another fingerprint.</param>
    /// <param name="paths">In an order that does not change.</param>
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
