using Cpf.Ml.Scoring.Models;

namespace Cpf.Ml.Scoring.Matching.Model;

/// <summary>What a model of links was trained on.</summary>
public sealed record MatchingManifest : ModelManifest
{
    /// <summary>Of the program that trained.</summary>
    public required string Code { get; init; }

    /// <summary>What speaks for a link, in the order that the model knows.</summary>
    public required IReadOnlyList<string> Signals { get; init; }

    /// <summary>Fiches that declare jobs.</summary>
    public required int Fiches { get; init; }

    /// <summary>ROME codes.</summary>
    public required int Jobs { get; init; }

    /// <summary>The day of the register that was read; null where its files say none.</summary>
    public DateOnly? RegisterOn { get; init; }

    /// <summary>SHA-256 of each file that was read, by its path in the folder of data.</summary>
    public required IReadOnlyDictionary<string, string> Data { get; init; }
}
