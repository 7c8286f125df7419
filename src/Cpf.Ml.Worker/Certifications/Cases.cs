using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Certifications;

/// <summary>What controllers do with cases. One person at a time has the lease on a case; each view and act is a line
/// of the chained history.</summary>
internal sealed class Cases(CaseStore store, CertificationsSettings settings, TimeProvider time)
{
    private const int MaxTextLength = 4000;
    private const int MaxNameLength = 100;

    /// <summary>A page is rendered twice, and read again by who goes back and forth.</summary>
    private static readonly TimeSpan SameView = TimeSpan.FromMinutes(5);

    /// <summary>A page of the queue.</summary>
    public async Task<CaseList> ListAsync(CaseQuery query, CancellationToken cancellationToken)
    {
        var page = await store.FindAsync(query with
        {
            Skip = Math.Max(0, query.Skip),
            Take = Math.Clamp(query.Take, 1, CaseQuery.MaxTake)
        }, time.GetUtcNow(), cancellationToken);
        return page with { Cases = [.. page.Cases.Select(Awake)] };
    }

    /// <summary>A case, without noting the view.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public async Task<CertificationCase> ReadAsync(string id, CancellationToken cancellationToken) =>
        Awake(await store.FindAsync(id, cancellationToken) ?? throw new RefusedException(
            404, new($"Le dossier {id} n'existe pas. Vérifiez le lien.", $"There is no case {id}. Check the link.")));

    /// <summary>Views a case, which is noted; repeated views of the same person within five minutes are one.</summary>
    public async Task<CertificationCase> ViewAsync(string id, Actor actor, CancellationToken cancellationToken)
    {
        var (@case, history) = (await ReadAsync(id, cancellationToken),
            await store.ReadHistoryAsync(id, cancellationToken));
        var now = time.GetUtcNow();
        if (!(history is [.., { Action: "case.view" } last] && last.Actor == actor.Name && last.At > now - SameView))
        {
            await store.NoteAsync(
                id, now, actor.Name, "case.view", new { @case.RunId, Blind = @case.IsBlind }, cancellationToken);
        }

        return @case;
    }

    /// <summary>Acquires the lease on a case.</summary>
    public Task<CertificationCase> TakeAsync(string id, Actor actor, CancellationToken cancellationToken) =>
        ActAsync(id, actor, "case.take",
            _ => new { },
            @case => @case with { Assignee = @case.Assignee ?? actor.Name }, cancellationToken, LeaseChange.Acquire);

    public async Task<CertificationCase> ReleaseAsync(string id, Actor actor, CancellationToken cancellationToken)
    {
        await ActAsync(id, actor, "case.release", _ => new { }, @case => @case, cancellationToken, LeaseChange.Release);
        return await ReadAsync(id, cancellationToken);
    }

    /// <summary>Assigns a case; empty for nobody.</summary>
    public Task<CertificationCase> AssignAsync(
        string id, string? assignee, Actor actor, CancellationToken cancellationToken)
    {
        Refusals.IfLonger(assignee, MaxNameLength, "assignee");
        var to = string.IsNullOrWhiteSpace(assignee) ? null : assignee.Trim();
        return ActAsync(id, actor, "case.assign", @case => new { From = @case.Assignee, To = to },
            @case => @case with { Assignee = to }, cancellationToken, LeaseChange.Release);
    }

    public Task<CertificationCase> CommentAsync(
        string id, string? text, Actor actor, CancellationToken cancellationToken)
    {
        var comment = Require(text, "comment");
        return ActAsync(id, actor, "case.comment", _ => new { Text = comment }, @case => @case, cancellationToken);
    }

    /// <summary>Puts a document into a case.</summary>
    public async Task<CertificationCase> AttachAsync(
        string id, string? name, byte[] content, Actor actor, CancellationToken cancellationToken)
    {
        var document = CaseAttachment.From(name, content, actor, time.GetUtcNow());
        return (await store.ReadAttachmentsAsync(id, cancellationToken)).Count >= CaseAttachment.MaxPerCase
            ? throw Refusals.Bad($"Un dossier a {CaseAttachment.MaxPerCase} documents au plus.",
                $"A case has {CaseAttachment.MaxPerCase} documents at most.")
            : await ActAsync(id, actor, "case.attach", _ => new { document.Name, document.Size, document.Sha256 },
                @case => @case, cancellationToken, document: (document, content));
    }

    public Task<IReadOnlyList<CaseAttachment>> AttachmentsAsync(string id, CancellationToken cancellationToken) =>
        store.ReadAttachmentsAsync(id, cancellationToken);

    /// <summary>A document with its bytes; that it was read is noted.</summary>
    /// <exception cref="RefusedException">There is none of this number.</exception>
    public async Task<(string Name, byte[] Content)> ReadAttachmentAsync(
        string id, long number, Actor actor, CancellationToken cancellationToken)
    {
        var document = await store.ReadAttachmentAsync(id, number, cancellationToken)
            ?? throw new RefusedException(
                404, new($"Le dossier {id} n'a pas de document {number}.", $"Case {id} has no document {number}."));
        await store.NoteAsync(
            id, time.GetUtcNow(), actor.Name, "case.read", new { Number = number, document.Name }, cancellationToken);
        return document;
    }

    /// <summary>A first opinion on a blind case, by which its reasons become visible.</summary>
    public Task<CertificationCase> OpinionAsync(
        string id, string? text, Actor actor, CancellationToken cancellationToken)
    {
        var opinion = Require(text, "opinion");
        return ActAsync(id, actor, "case.opinion",
            _ => new { Text = opinion },
            @case => @case with { OpinionBy = @case.OpinionBy ?? actor.Name }, cancellationToken);
    }

    public Task<CertificationCase> SnoozeAsync(
        string id, DateTimeOffset until, string? rationale, Actor actor, CancellationToken cancellationToken)
    {
        var why = Require(rationale, "motive");
        var now = time.GetUtcNow();
        return until <= now || until > now.AddYears(1)
            ? throw Refusals.Bad(
                "La date doit être à venir, dans un an au plus.", "The date must be in the future, in a year at most.")
            : ActAsync(id, actor, "case.snooze", _ => new { Until = until, Motive = why },
                @case => @case with { State = CaseState.Snoozed, SnoozedUntil = until },
                cancellationToken, LeaseChange.Release);
    }

    /// <summary>Decides, with a rationale. Measures, and whatever contradicts a fact, wait for a second
    /// reader.</summary>
    public Task<CertificationCase> DecideAsync(
        string id, CaseOutcome outcome, string? rationale, Actor actor, CancellationToken cancellationToken)
    {
        var why = Require(rationale, "motive");
        return ActAsync(id, actor,
            "case.decide",
            @case => new { Outcome = outcome, Motive = why, Second = NeedsSecond(@case, outcome) }, @case =>
            {
                if (@case.IsBlind)
                {
                    throw new RefusedException(
                        409, new("Donnez d'abord votre avis\u00a0: ce dossier se lit sans score.",
                            "State your opinion first: this case is read without a score."));
                }

                var now = time.GetUtcNow();
                var second = NeedsSecond(@case, outcome);
                if (second)
                {
                    actor.MustBePerson();
                }

                return @case with
                {
                    State = second ? CaseState.Proposed : CaseState.Closed,
                    Outcome = outcome,
                    Rationale = why,
                    DecidedBy = actor.Name,
                    DecidedAt = now,
                    ClosedAt = second ? null : now
                };
            }, cancellationToken, LeaseChange.Release);
    }

    /// <summary>The second reader agrees, or sends it back.</summary>
    public Task<CertificationCase> SecondAsync(
        string id, bool agrees, string? rationale, Actor actor, CancellationToken cancellationToken)
    {
        actor.MustBePerson();
        var why = Require(rationale, "motive");
        return ActAsync(id, actor, agrees ? "case.confirm" : "case.return", _ => new { Motive = why }, @case =>
        {
            if (@case.State != CaseState.Proposed)
            {
                throw new RefusedException(409,
                    new("Ce dossier n'attend pas de second lecteur.", "This case does not wait for a second reader."));
            }

            if (@case.DecidedBy == actor.Name)
            {
                throw new RefusedException(403, new("Un second lecteur est une autre personne que celle qui a décidé.",
                    "A second reader is another person than the one who decided."));
            }

            return agrees
                ? @case with { State = CaseState.Closed, ConfirmedBy = actor.Name, ClosedAt = time.GetUtcNow() }
                : @case with
                {
                    State = CaseState.Open,
                    Outcome = null,
                    Rationale = null,
                    DecidedBy = null,
                    DecidedAt = null
                };
        }, cancellationToken, LeaseChange.Release);
    }

    public Task<IReadOnlyList<CaseEvent>> HistoryAsync(string id, CancellationToken cancellationToken) =>
        store.ReadHistoryAsync(id, cancellationToken);

    public Task<IReadOnlyList<string>> VerifyAsync(CancellationToken cancellationToken) =>
        store.VerifyAsync(cancellationToken);

    /// <summary>A closing with measures, and one that finds nothing where a rule is broken.</summary>
    public static bool NeedsSecond(CertificationCase @case, CaseOutcome outcome) =>
        outcome == CaseOutcome.Serious || (outcome == CaseOutcome.Nothing && @case.Document.HasFact);

    private async Task<CertificationCase> ActAsync(
        string id, Actor actor, string action, Func<CertificationCase, object> detail,
        Func<CertificationCase, CertificationCase> change,
        CancellationToken cancellationToken, LeaseChange lease = LeaseChange.Extend,
        (CaseAttachment Attachment, byte[] Content)? document = null)
    {
        var (@case, now) = (await ReadAsync(id, cancellationToken), time.GetUtcNow());
        if (@case.ClosedAt is not null)
        {
            throw new RefusedException(409, new("Ce dossier est clos.", "This case is closed."));
        }

        if (@case.IsLeasedToOther(actor.Name, now))
        {
            throw new RefusedException(409, new(
                $"{@case.LeaseHolder} lit ce dossier en ce moment. Réessayez quand il aura fini, ou demandez-lui de le "
                    + $"rendre.",
                    $"{@case.LeaseHolder} is reading this case. Try again later, or ask them to give it back."));
        }

        var holds = lease == LeaseChange.Acquire || (lease == LeaseChange.Extend && @case.IsLeasedTo(actor.Name, now));
        var after =
            change(@case) with
            {
                LeaseHolder = holds ? actor.Name : null,
                LeaseExpiresAt = holds ? now + settings.LeaseDuration : null
            };
        return await store.ChangeAsync(
            @case, after, now, actor.Name, action, detail(@case), document, cancellationToken)
            ? await ReadAsync(id, cancellationToken)
            : throw new RefusedException(409, new(
                "Entre-temps, quelqu'un d'autre a agi sur ce dossier. Rien n'a été enregistré\u00a0: relisez-le, puis "
                    + "recommencez si c'est encore utile.",
                "Somebody else acted on this case meanwhile. Nothing was saved: read it again, then try again if it "
                    + "still makes sense."));
    }

    /// <summary>A case that was put aside is open again from its date on.</summary>
    private CertificationCase Awake(CertificationCase @case) => @case.State == CaseState.Snoozed
        && @case.SnoozedUntil <= time.GetUtcNow() ? @case with { State = CaseState.Open, SnoozedUntil = null } : @case;

    /// <summary>What an act does to the lease on a case. A note extends a lease that its author has and acquires none:
    /// whoever only left a note must not keep others out.</summary>
    private enum LeaseChange
    {
        Extend,
        Acquire,
        Release,
    }

    private static string Require(string? text, string field)
    {
        Refusals.IfLonger(text, MaxTextLength, field);
        return Refusals.IfEmpty(text, field);
    }
}
