using System.Text.Json.Serialization;

namespace Cpf.Ml.Scoring.Models;

/// <summary>What every model folder says of itself in <c>manifest.json</c>.</summary>
public abstract record ModelManifest
{
    /// <summary>Of the folder; a program reads its own and older ones.</summary>
    [JsonPropertyOrder(-4)]
    public int Format { get; init; } = ModelFolder.Format;

    /// <summary>For example <c>transactions</c>.</summary>
    [JsonPropertyOrder(-3)]
    public required string Name { get; init; }

    /// <summary>Follows from the content: the same files have the same version.</summary>
    [JsonPropertyOrder(-2)]
    public string Version { get; init; } = "";

    /// <summary>SHA-256 of each other file of the folder, by name.</summary>
    [JsonPropertyOrder(-1)]
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();
}
