using System.Text.Json.Serialization;

namespace Cpf.Ml.Worker.Certifications;

/// <summary>A certification under control. There is one open case of it at most.</summary>
/// <param name="Origin">Why it was selected; the API calls it <c>stream</c>.</param>
/// <param name="Harm">Expected harm, EUR a month: orders the queue.</param>
/// <param name="LeaseHolder">Who reads it; nobody once <paramref name="LeaseExpiresAt"/> is past.</param>
/// <param name="OpinionBy">Who gave the first opinion on a blind case.</param>
/// <param name="Rationale">Why it was decided so, in the words of who decided.</param>
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
    [property: JsonPropertyName("holder")] string? LeaseHolder,
    [property: JsonPropertyName("heldUntil")] DateTimeOffset? LeaseExpiresAt,
    string? Assignee,
    string? OpinionBy,
    DateTimeOffset? SnoozedUntil,
    CaseOutcome? Outcome,
    [property: JsonPropertyName("motive")] string? Rationale,
    string? DecidedBy,
    DateTimeOffset? DecidedAt,
    string? ConfirmedBy,
    DateTimeOffset? ClosedAt,
    long Version)
{
    /// <summary>The evidence behind the reasons; null in lists, and once it was deleted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CaseEvidence? Evidence { get; init; }

    /// <summary>Other cases of the certification that were closed.</summary>
    public long Earlier { get; init; }

    /// <summary>Nobody has given an opinion yet, and the score must not come first.</summary>
    public bool IsBlind => Origin == CaseOrigin.Random && OpinionBy is null;

    /// <summary>A case as a run opens it: nobody has read it.</summary>
    internal static CertificationCase Opened(
        string id, string certificationId,
        string title, CaseOrigin origin, double harm, CertificationRun run, CaseDocument document) => new(
        id, certificationId, title, origin, CaseState.Open, harm, run.Id, document, run.RanAt, run.RanAt,
        null, null, null, null, null, null, null, null, null, null, null, 1);

    /// <summary>The actor holds the lease now.</summary>
    public bool IsLeasedTo(string actor, DateTimeOffset now) => LeaseHolder == actor && LeaseExpiresAt > now;

    /// <summary>Somebody else holds the lease now.</summary>
    public bool IsLeasedToOther(string actor, DateTimeOffset now) =>
        LeaseHolder is not null && LeaseHolder != actor && LeaseExpiresAt > now;
}

/// <summary>A line of a case's history, chained to the line before.</summary>
/// <param name="Action">As <c>case.decide</c>.</param>
/// <param name="Detail">JSON.</param>
public sealed record CaseEvent(long Sequence,
    string CaseId, DateTimeOffset At, string Actor, string Action, string Detail, string Previous, string Hash);
