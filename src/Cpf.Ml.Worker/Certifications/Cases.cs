using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Certifications;

/// <summary>What controllers do with cases. One person at a time holds a case; each view and act is a line of the
/// chained history.</summary>
internal sealed class Cases(CaseStore store, CertificationsSettings settings, TimeProvider time)
{
    private const int MaxTextLength = 4000;
    private const int MaxNameLength = 100;

    /// <summary>A page is drawn twice, and read again by who goes back and forth.</summary>
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

    /// <summary>A case, without a line that somebody looked.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public async Task<CertificationCase> ReadAsync(string id, CancellationToken cancellationToken) =>
        Awake(await store.FindAsync(id, cancellationToken) ?? throw new RefusedException(
            404, new($"Le dossier {id} n'existe pas. Vérifiez le lien.", $"There is no case {id}. Check the link.")));

    /// <summary>Looks at a case: noted, whoever looks; once while the same person goes on looking.</summary>
    public async Task<CertificationCase> ViewAsync(string id, Actor actor, CancellationToken cancellationToken)
    {
        var (one, history) = (await ReadAsync(id, cancellationToken),
            await store.ReadHistoryAsync(id, cancellationToken));
        var now = time.GetUtcNow();
        if (!(history is [.., { Action: "case.view" } last] && last.Actor == actor.Name && last.At > now - SameView))
        {
            await store.NoteAsync(
                id, now, actor.Name, "case.view", new { one.RunId, Blind = one.IsBlind }, cancellationToken);
        }

        return one;
    }

    /// <summary>Holds a case for oneself.</summary>
    public Task<CertificationCase> TakeAsync(string id, Actor actor, CancellationToken cancellationToken) =>
        ActAsync(id, actor, "case.take",
            _ => new { }, one => one with { Assignee = one.Assignee ?? actor.Name }, cancellationToken, Hold.Begins);

    public async Task<CertificationCase> ReleaseAsync(string id, Actor actor, CancellationToken cancellationToken)
    {
        await ActAsync(id, actor, "case.release", _ => new { }, one => one, cancellationToken, Hold.Ends);
        return await ReadAsync(id, cancellationToken);
    }

    /// <summary>Gives a case to somebody; empty for nobody.</summary>
    public Task<CertificationCase> AssignAsync(
        string id, string? assignee, Actor actor, CancellationToken cancellationToken)
    {
        Refusals.IfLonger(assignee, MaxNameLength, "assignee");
        var to = string.IsNullOrWhiteSpace(assignee) ? null : assignee.Trim();
        return ActAsync(id, actor, "case.assign", one => new { From = one.Assignee, To = to },
            one => one with { Assignee = to }, cancellationToken, Hold.Ends);
    }

    public Task<CertificationCase> CommentAsync(
        string id, string? text, Actor actor, CancellationToken cancellationToken)
    {
        var said = Said(text, "comment");
        return ActAsync(id, actor, "case.comment", _ => new { Text = said }, one => one, cancellationToken);
    }

    /// <summary>Puts a document into a case.</summary>
    public async Task<CertificationCase> AttachAsync(
        string id, string? name, byte[] content, Actor actor, CancellationToken cancellationToken)
    {
        var document = CaseAttachment.Of(name, content, actor, time.GetUtcNow());
        return (await store.ReadAttachmentsAsync(id, cancellationToken)).Count >= CaseAttachment.MaxPerCase
            ? throw Refusals.Bad($"Un dossier a {CaseAttachment.MaxPerCase} documents au plus.",
                $"A case has {CaseAttachment.MaxPerCase} documents at most.")
            : await ActAsync(id, actor, "case.attach", _ => new { document.Name, document.Size, document.Sha256 },
                one => one, cancellationToken, document: (document, content));
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
        var said = Said(text, "opinion");
        return ActAsync(id, actor, "case.opinion",
            _ => new { Text = said }, one => one with { OpinionBy = one.OpinionBy ?? actor.Name }, cancellationToken);
    }

    public Task<CertificationCase> SnoozeAsync(
        string id, DateTimeOffset until, string? motive, Actor actor, CancellationToken cancellationToken)
    {
        var said = Said(motive, "motive");
        var now = time.GetUtcNow();
        return until <= now || until > now.AddYears(1)
            ? throw Refusals.Bad(
                "La date doit être à venir, dans un an au plus.", "The date must be in the future, in a year at most.")
            : ActAsync(id, actor, "case.snooze", _ => new { Until = until, Motive = said },
                one => one with { State = CaseState.Snoozed, SnoozedUntil = until }, cancellationToken, Hold.Ends);
    }

    /// <summary>Decides, with a motive. Measures, and whatever contradicts a fact, wait for a second reader.</summary>
    public Task<CertificationCase> DecideAsync(
        string id, CaseOutcome outcome, string? motive, Actor actor, CancellationToken cancellationToken)
    {
        var said = Said(motive, "motive");
        return ActAsync(id, actor,
            "case.decide", one => new { Outcome = outcome, Motive = said, Second = NeedsSecond(one, outcome) }, one =>
            {
                if (one.IsBlind)
                {
                    throw new RefusedException(
                        409, new("Donnez d'abord votre avis\u00a0: ce dossier se lit sans score.",
                            "Say first what you think: this case is read without a score."));
                }

                var now = time.GetUtcNow();
                var second = NeedsSecond(one, outcome);
                if (second)
                {
                    actor.MustBePerson();
                }

                return one with
                {
                    State = second ? CaseState.Proposed : CaseState.Closed,
                    Outcome = outcome,
                    Motive = said,
                    DecidedBy = actor.Name,
                    DecidedAt = now,
                    ClosedAt = second ? null : now
                };
            }, cancellationToken, Hold.Ends);
    }

    /// <summary>The second reader agrees, or sends it back.</summary>
    public Task<CertificationCase> SecondAsync(
        string id, bool agrees, string? motive, Actor actor, CancellationToken cancellationToken)
    {
        actor.MustBePerson();
        var said = Said(motive, "motive");
        return ActAsync(id, actor, agrees ? "case.confirm" : "case.return", _ => new { Motive = said }, one =>
        {
            if (one.State != CaseState.Proposed)
            {
                throw new RefusedException(409,
                    new("Ce dossier n'attend pas de second lecteur.", "This case does not wait for a second reader."));
            }

            if (one.DecidedBy == actor.Name)
            {
                throw new RefusedException(403, new("Un second lecteur est une autre personne que celle qui a décidé.",
                    "A second reader is another person than the one who decided."));
            }

            return agrees
                ? one with { State = CaseState.Closed, ConfirmedBy = actor.Name, ClosedAt = time.GetUtcNow() }
                : one with
                {
                    State = CaseState.Open,
                    Outcome = null,
                    Motive = null,
                    DecidedBy = null,
                    DecidedAt = null
                };
        }, cancellationToken, Hold.Ends);
    }

    public Task<IReadOnlyList<CaseEvent>> HistoryAsync(string id, CancellationToken cancellationToken) =>
        store.ReadHistoryAsync(id, cancellationToken);

    public Task<IReadOnlyList<string>> VerifyAsync(CancellationToken cancellationToken) =>
        store.VerifyAsync(cancellationToken);

    /// <summary>A closing with measures, and one that finds nothing where a rule is broken.</summary>
    public static bool NeedsSecond(CertificationCase one, CaseOutcome outcome) =>
        outcome == CaseOutcome.Serious || (outcome == CaseOutcome.Nothing && one.Document.HasFact);

    private async Task<CertificationCase> ActAsync(
        string id, Actor actor, string action, Func<CertificationCase, object> detail,
        Func<CertificationCase, CertificationCase> change, CancellationToken cancellationToken, Hold hold = Hold.GoesOn,
        (CaseAttachment Attachment, byte[] Content)? document = null)
    {
        var (one, now) = (await ReadAsync(id, cancellationToken), time.GetUtcNow());
        if (one.ClosedAt is not null)
        {
            throw new RefusedException(409, new("Ce dossier est clos.", "This case is closed."));
        }

        if (one.IsHeldFrom(actor.Name, now))
        {
            throw new RefusedException(409, new(
                $"{one.Holder} lit ce dossier en ce moment. Réessayez quand il aura fini, ou demandez-lui de le "
                    + $"rendre.", $"{one.Holder} is reading this case. Try again later, or ask them to give it back."));
        }

        var holds = hold == Hold.Begins || (hold == Hold.GoesOn && one.IsHeldBy(actor.Name, now));
        var after =
            change(one) with { Holder = holds ? actor.Name : null, HeldUntil = holds ? now + settings.Hold : null };
        return await store.ChangeAsync(one, after, now, actor.Name, action, detail(one), document, cancellationToken)
            ? await ReadAsync(id, cancellationToken)
            : throw new RefusedException(409, new(
                "Entre-temps, quelqu'un d'autre a agi sur ce dossier. Rien n'a été enregistré\u00a0: relisez-le, puis "
                    + "recommencez si c'est encore utile.",
                "Somebody else acted on this case meanwhile. Nothing was saved: read it again, then try again if it "
                    + "still makes sense."));
    }

    /// <summary>A case that was put aside is open again from its date on.</summary>
    private CertificationCase Awake(CertificationCase one) => one.State == CaseState.Snoozed
        && one.SnoozedUntil <= time.GetUtcNow() ? one with { State = CaseState.Open, SnoozedUntil = null } : one;

    /// <summary>What an act does to the hold on a case. A note goes on with a hold that its author has, and begins
    /// none: whoever only left a note must not keep others out.</summary>
    private enum Hold
    {
        GoesOn,
        Begins,
        Ends,
    }

    private static string Said(string? text, string field)
    {
        Refusals.IfLonger(text, MaxTextLength, field);
        return Refusals.IfEmpty(text, field);
    }
}
