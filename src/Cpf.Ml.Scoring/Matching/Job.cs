using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Matching;

/// <summary>A job of the ROME, version 3: what the register declares.</summary>
/// <param name="Code">ROME code, a letter and four digits.</param>
/// <param name="Label">Official name, in French.</param>
public sealed record Job(string Code, string Label)
{
    /// <summary>Titles that people use of it, as published: the masculine form, « / », the feminine one.</summary>
    public ImmutableArray<string> Titles { get; init; } = [];

    /// <summary>Jobs of the ROME 4 that replace it.</summary>
    public ImmutableArray<RecentJob> Recent { get; init; } = [];

    /// <summary>Skills that the ROME lists for it, in French.</summary>
    public ImmutableArray<string> Skills { get; init; } = [];

    /// <summary>Activities that the ROME lists for it, in French.</summary>
    public ImmutableArray<string> Activities { get; init; } = [];

    /// <summary>What people in this job do, in French; empty where the ROME gives no definition.</summary>
    public string Definition { get; init; } = string.Empty;

    /// <summary>ROME codes of jobs that people move to from it.</summary>
    public ImmutableArray<string> Mobilities { get; init; } = [];
}

/// <summary>A job of the ROME, version 4.</summary>
/// <param name="Code">ROME code of version 4, a letter and four digits.</param>
/// <param name="Label">Official name, in French.</param>
/// <param name="Ecology">What the ecological transition means for it, as published: « Emploi Vert », « Emploi
/// stratégique pour la Transition écologique », « Emploi Blanc », « Emploi Brun »; empty where unknown.</param>
/// <param name="IsDigital">Whether the digital transition concerns it; null where unknown.</param>
/// <param name="IsDemographic">Whether the demographic transition concerns it; null where unknown.</param>
public sealed record RecentJob(string Code, string Label, string Ecology, bool? IsDigital, bool? IsDemographic);
