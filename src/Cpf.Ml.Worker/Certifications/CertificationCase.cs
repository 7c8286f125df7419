using System.Text.Json.Serialization;

namespace Cpf.Ml.Worker.Certifications;

/// <summary>A certification that controllers look into. There is one open case of it at most.</summary>
/// <param name="Origin">Why it was chosen; the API calls it <c>stream</c>.</param>
/// <param name="Harm">Expected harm, EUR a month: orders the queue.</param>
/// <param name="Holder">Who reads it; nobody once <paramref name="HeldUntil"/> is past.</param>
/// <param name="OpinionBy">Who first said what they think of a blind case.</param>
/// <param name="ConfirmedBy">The second reader.</param>
/// <param name="Version">Grows with each change.</param>
public sealed record CertificationCase(
    string Id,
    string CertificationId,
    string Title,
    [property: JsonPropertyName("stream")] CaseOrigin Origin,
    CaseState State,
    double Harm,
    string RunId,
    CaseDocument Document,
    DateTimeOffset OpenedAt,
    DateTimeOffset UpdatedAt,
    string? Holder,
    DateTimeOffset? HeldUntil,
    string? Assignee,
    string? OpinionBy,
    DateTimeOffset? SnoozedUntil,
    CaseOutcome? Outcome,
    string? Motive,
    string? DecidedBy,
    DateTimeOffset? DecidedAt,
    string? ConfirmedBy,
    DateTimeOffset? ClosedAt,
    long Version)
{
    /// <summary>What stands behind the reasons; null in lists, and once it is forgotten.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CaseEvidence? Evidence { get; init; }

    /// <summary>Other cases of the certification that were closed.</summary>
    public long Earlier { get; init; }

    /// <summary>Nobody has yet said what they think, and the score must not say it first.</summary>
    public bool IsBlind => Origin == CaseOrigin.Random && OpinionBy is null;

    /// <summary>As a run opens it: nobody has read it.</summary>
    internal static CertificationCase Opened(
        string id, string certificationId,
        string title, CaseOrigin origin, double harm, CertificationRun run, CaseDocument document) => new(
        id, certificationId, title, origin, CaseState.Open, harm, run.Id, document, run.RanAt, run.RanAt,
        null, null, null, null, null, null, null, null, null, null, null, 1);

    public bool IsHeldBy(string actor, DateTimeOffset now) => Holder == actor && HeldUntil > now;

    /// <summary>Somebody else reads it now.</summary>
    public bool IsHeldFrom(string actor, DateTimeOffset now) =>
        Holder is not null && Holder != actor && HeldUntil > now;
}

/// <summary>A line of a case's history, chained to the line before.</summary>
/// <param name="Action">As <c>case.decide</c>.</param>
/// <param name="Detail">JSON.</param>
public sealed record CaseEvent(long Sequence,
    string CaseId, DateTimeOffset At, string Actor, string Action, string Detail, string Previous, string Hash);
