#pragma warning disable RS0030 // Models is where Scoring reads and writes files.
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cpf.Ml.Scoring.Models;

/// <summary>A model as a folder of files: <c>manifest.json</c> describes it and has the SHA-256 of every other
/// file.</summary>
public static class ModelFolder
{
    /// <summary>The format that this program writes, and the newest that it reads.</summary>
    public const int Format = 1;

    /// <summary>File name of the manifest.</summary>
    public const string ManifestName = "manifest.json";

    private const int VersionLength = 12;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Completes a manifest with the hashes of its files and the version that follows from them.</summary>
    /// <typeparam name="TManifest">Type of the manifest.</typeparam>
    /// <param name="manifest">The manifest without hashes and version.</param>
    /// <param name="files">Content of each file by name.</param>
    public static TManifest Seal<TManifest>(TManifest manifest, IReadOnlyDictionary<string, byte[]> files)
        where TManifest : ModelManifest
    {
        var hashes = files.OrderBy(file => file.Key, StringComparer.Ordinal)
            .ToDictionary(file => file.Key, file => Hash(file.Value));
        var all = string.Concat(hashes.Select(file => $"{file.Key} {file.Value}\n"));
        return manifest with { Files = hashes, Version = Hash(Encoding.UTF8.GetBytes(all))[..VersionLength] };
    }

    /// <summary>Writes a sealed manifest and its files; the manifest last, so that an incomplete folder is recognised
    /// as one.</summary>
    /// <typeparam name="TManifest">Type of the manifest.</typeparam>
    /// <param name="folder">Path of the folder, which is created.</param>
    /// <param name="manifest">A result of <see cref="Seal"/>.</param>
    /// <param name="files">Content of each file by name.</param>
    /// <param name="extra">Files that are not part of the model, for example its card.</param>
    public static void Write<TManifest>(
        string folder,
        TManifest manifest, IReadOnlyDictionary<string, byte[]> files, IReadOnlyDictionary<string, byte[]> extra)
        where TManifest : ModelManifest
    {
        Directory.CreateDirectory(folder);
        File.Delete(Path.Combine(folder, ManifestName));
        foreach (var (name, content) in files.Concat(extra))
        {
            File.WriteAllBytes(Path.Combine(folder, name), content);
        }

        File.WriteAllBytes(Path.Combine(folder, ManifestName), JsonSerializer.SerializeToUtf8Bytes(manifest, Json));
    }

    /// <summary>Reads a model folder and checks the hash of every file.</summary>
    /// <typeparam name="TManifest">Type of the manifest.</typeparam>
    /// <param name="folder">Path of the folder.</param>
    /// <returns>The manifest, and the content of its files by name.</returns>
    /// <exception cref="ModelFormatException">A file is missing or changed, or the folder is newer than this
    /// program.</exception>
    public static (TManifest Manifest, IReadOnlyDictionary<string, byte[]> Files) Read<TManifest>(string folder)
        where TManifest : ModelManifest
    {
        try
        {
            var text = File.ReadAllBytes(Path.Combine(folder, ManifestName));
            RefuseNewer(folder, text);
            var manifest = JsonSerializer.Deserialize<TManifest>(text, Json)
                ?? throw new ModelFormatException($"{folder}: {ManifestName} holds null.");
            return (manifest,
                manifest.Files.ToDictionary(file => file.Key, file => Checked(folder, file.Key, file.Value)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new ModelFormatException($"{folder}: the model cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>SHA-256, 64 lower-case hexadecimal digits.</summary>
    /// <param name="content">The bytes to hash.</param>
    public static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Checked before the rest is read: a newer manifest may have another shape.</summary>
    private static void RefuseNewer(string folder, byte[] text)
    {
        using var document = JsonDocument.Parse(text);
        var format = document.RootElement.TryGetProperty("format", out var value)
            && value.TryGetInt32(out var number) ? number : 0;
        if (format is < 1 or > Format)
        {
            throw new ModelFormatException(
                $"{folder}: the model has format {format}; this program reads formats 1 to {Format}.");
        }
    }

    private static byte[] Checked(string folder, string name, string hash)
    {
        if (Path.GetFileName(name) != name)
        {
            throw new ModelFormatException($"{folder}: {name} is not the name of a file of the folder.");
        }

        var content = File.ReadAllBytes(Path.Combine(folder, name));
        return Hash(content) == hash
            ? content
            : throw new ModelFormatException(
                $"{folder}: {name} is not the file that the manifest names: its SHA-256 is another.");
    }
}
