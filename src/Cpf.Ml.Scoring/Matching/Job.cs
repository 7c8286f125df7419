using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Matching;

/// <summary>A job of the ROME, version 3: what the register declares.</summary>
/// <param name="Code">A letter and four digits.</param>
public sealed record Job(string Code, string Label)
{
    /// <summary>Titles that people use of it, as published: the masculine form, « / », the feminine one.</summary>
    public ImmutableArray<string> Titles { get; init; } = [];

    /// <summary>Jobs of the ROME 4 that come of it.</summary>
    public ImmutableArray<RecentJob> Recent { get; init; } = [];

    public ImmutableArray<string> Skills { get; init; } = [];

    public ImmutableArray<string> Activities { get; init; } = [];

    public string Definition { get; init; } = string.Empty;

    /// <summary>Jobs that people move to from it.</summary>
    public ImmutableArray<string> Mobilities { get; init; } = [];
}

/// <summary>A job of the ROME, version 4.</summary>
/// <param name="Ecology">What the ecological transition means for it, as published: « Emploi Vert »,
/// « Emploi stratégique pour la Transition écologique », « Emploi Blanc », « Emploi Brun »; empty where
/// unknown.</param>
/// <param name="IsDigital">Concerned by the digital transition; null where unknown.</param>
/// <param name="IsDemographic">Concerned by the demographic transition; null where unknown.</param>
public sealed record RecentJob(string Code, string Label, string Ecology, bool? IsDigital, bool? IsDemographic);
