using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Matching;

/// <summary>How hard people are to find for a job, by published tables. What they say of families of jobs stays many
/// values: nothing is averaged.</summary>
/// <param name="Job">ROME code, version 3.</param>
/// <param name="Region">Code of the region; null for France.</param>
public sealed record Shortage(string Job, string? Region)
{
    /// <summary>Shortage in each family of jobs (FAP) that the job is in, 1 (none) to 5 (very high); Dares.</summary>
    public ImmutableArray<int> Categories { get; init; } = [];

    /// <summary>Year of <see cref="Categories"/>.</summary>
    public int? Year { get; init; }

    /// <summary>Number of employment areas of the region in which the job was examined; France Travail.</summary>
    public int Areas { get; init; }

    /// <summary>Number of these areas with a shortage of 4 or 5 in 5.</summary>
    public int TenseAreas { get; init; }

    /// <summary>Year of <see cref="Areas"/>.</summary>
    public int? AreasYear { get; init; }

    /// <summary>Share of planned hirings that employers expected to be difficult, in [0, 1], of its family; of France
    /// only.</summary>
    public double? Difficulty { get; init; }

    /// <summary>Whether the shortage is high or very high in at least one family.</summary>
    public bool IsShort => Categories.Any(category => category >= 4);
}
