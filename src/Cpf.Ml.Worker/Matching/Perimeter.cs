using Cpf.Ml.Scoring.Matching.Perimeters;

namespace Cpf.Ml.Worker.Matching;

/// <summary>Where a version of a perimeter stands.</summary>
public enum PerimeterState
{
    Draft,

    /// <summary>Waits for another person than who proposed it.</summary>
    Proposed,

    /// <summary>In force from its first day to its last.</summary>
    Approved,

    /// <summary>A newer version was approved.</summary>
    Replaced,
}

/// <summary>A version of a perimeter.</summary>
/// <param name="Number">1 and following.</param>
/// <param name="Revision">Rises with every change of the version.</param>
/// <param name="Motive">Of who approved it or sent it back.</param>
public sealed record Perimeter(
    string Id, int Number, long Revision, PerimeterState State, PerimeterContent Content, string WrittenBy,
    DateTimeOffset WrittenAt, string? ProposedBy, string? DecidedBy, DateTimeOffset? DecidedAt, string? Motive)
{
    /// <summary>Whether it is in force on a day.</summary>
    public bool IsInForce(DateOnly day) => State == PerimeterState.Approved
        && (Content.From is null || Content.From <= day) && (Content.Until is null || day <= Content.Until);
}

/// <summary>A person's judgement of a recommendation.</summary>
public sealed record RecommendationJudgement(string CertificationId,
    string Job, string Person, bool IsAccepted, string Reason, string Model, DateTimeOffset JudgedAt);
