using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Certifications;

/// <summary>A row of the table certification_case, and what it means.</summary>
internal sealed class CaseRow
{
    public string Id { get; init; } = "";

    public string CertificationId { get; init; } = "";

    public string Title { get; init; } = "";

    public string Stream { get; init; } = "";

    public string State { get; init; } = "";

    public double Harm { get; init; }

    public string RunId { get; init; } = "";

    public string Document { get; init; } = "";

    public string? Evidence { get; init; }

    public string Search { get; init; } = "";

    public long Earlier { get; init; }

    public long OpenedAt { get; init; }

    public long UpdatedAt { get; init; }

    public string? Holder { get; init; }

    public long? HeldUntil { get; init; }

    public string? Assignee { get; init; }

    public string? OpinionBy { get; init; }

    public long? SnoozedUntil { get; init; }

    public string? Outcome { get; init; }

    public string? Motive { get; init; }

    public string? DecidedBy { get; init; }

    public long? DecidedAt { get; init; }

    public string? ConfirmedBy { get; init; }

    public long? ClosedAt { get; init; }

    public long Version { get; init; }

    public static CaseRow From(CertificationCase @case) => new()
    {
        Id = @case.Id,
        CertificationId = @case.CertificationId,
        Title = @case.Title,
        Stream = StoredJson.Name(@case.Origin),
        State = StoredJson.Name(@case.State),
        Harm = @case.Harm,
        RunId = @case.RunId,
        Document = StoredJson.Write(@case.Document),
        Search = SearchOf(@case),
        OpenedAt = @case.OpenedAt.ToUnixTimeMilliseconds(),
        UpdatedAt = @case.UpdatedAt.ToUnixTimeMilliseconds(),
        Holder = @case.LeaseHolder,
        HeldUntil = @case.LeaseExpiresAt?.ToUnixTimeMilliseconds(),
        Assignee = @case.Assignee,
        OpinionBy = @case.OpinionBy,
        SnoozedUntil = @case.SnoozedUntil?.ToUnixTimeMilliseconds(),
        Outcome = @case.Outcome is { } outcome ? StoredJson.Name(outcome) : null,
        Motive = @case.Rationale,
        DecidedBy = @case.DecidedBy,
        DecidedAt = @case.DecidedAt?.ToUnixTimeMilliseconds(),
        ConfirmedBy = @case.ConfirmedBy,
        ClosedAt = @case.ClosedAt?.ToUnixTimeMilliseconds(),
        Version = @case.Version,
    };

    public CertificationCase ToCase() => new(
        Id, CertificationId, Title,
        OriginOf(Stream), StoredJson.Parse<CaseState>(State), Harm, RunId, StoredJson.Read<CaseDocument>(Document),
        Instant(OpenedAt), Instant(UpdatedAt), Holder, Instant(HeldUntil), Assignee, OpinionBy,
        Instant(SnoozedUntil),
        OutcomeOf(Outcome), Motive, DecidedBy, Instant(DecidedAt), ConfirmedBy, Instant(ClosedAt), Version)
    {
        Evidence = Evidence is null ? null : StoredJson.Read<CaseEvidence>(Evidence),
        Earlier = Earlier,
    };

    /// <summary>Without the probability where the row was read without its document.</summary>
    public ClosedCase ToClosed() => new(
        CertificationId, OriginOf(Stream), OutcomeOf(Outcome)!.Value,
        Document.Length > 0 ? StoredJson.Read<CaseDocument>(Document).Probability : null,
        Instant(OpenedAt), Instant(ClosedAt!.Value));

    private static CaseOrigin OriginOf(string text) => StoredJson.Parse<CaseOrigin>(text);

    private static CaseOutcome? OutcomeOf(string? text) => text is null ? null : StoredJson.Parse<CaseOutcome>(text);

    /// <summary>A blind case is found by its code and title only: to be found by a reason would disclose it.</summary>
    private static string SearchOf(CertificationCase @case) =>
        string.Join('\n', new[] { @case.CertificationId, @case.Title }
            .Concat(@case is { Origin: not CaseOrigin.Random, Document.Reasons: [var first, ..] }
                ? [first.Name.Fr, first.Name.En] : []).Select(SearchText.Fold));

    private static DateTimeOffset Instant(long at) => DateTimeOffset.FromUnixTimeMilliseconds(at);

    private static DateTimeOffset? Instant(long? at) => at is { } milliseconds ? Instant(milliseconds) : null;
}
