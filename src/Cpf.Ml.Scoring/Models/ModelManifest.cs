using System.Text.Json.Serialization;

namespace Cpf.Ml.Scoring.Models;

/// <summary>The fields that every <c>manifest.json</c> has.</summary>
public abstract record ModelManifest
{
    /// <summary>Format of the folder; a program reads its own format and older ones.</summary>
    [JsonPropertyOrder(-4)]
    public int Format { get; init; } = ModelFolder.Format;

    /// <summary>Name of the model, for example <c>transactions</c>.</summary>
    [JsonPropertyOrder(-3)]
    public required string Name { get; init; }

    /// <summary>A hash of the files, 12 hexadecimal digits: the same files have the same version.</summary>
    [JsonPropertyOrder(-2)]
    public string Version { get; init; } = "";

    /// <summary>SHA-256 of each other file of the folder, by name.</summary>
    [JsonPropertyOrder(-1)]
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();
}
