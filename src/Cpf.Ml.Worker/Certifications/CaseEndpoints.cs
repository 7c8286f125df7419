using System.Globalization;
using System.Security.Claims;
using System.Text;
using System.Text.Json.Serialization;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Console.Kit.Wording;
using Cpf.Ml.Worker.Hosting;
using Cpf.Ml.Worker.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cpf.Ml.Worker.Certifications;

internal static class CaseEndpoints
{
    extension(WebApplication app)
    {
        public void MapCases()
        {
            var cases = app.MapGroup("/api/v1/certifications/cases")
                .WithTags("Certifications").RequireAuthorization(Scopes.Control);
            cases.MapGet(
                "", async ([AsParameters] CaseQueryParameters query, Cases all, CancellationToken cancellationToken) =>
                    TypedResults.Ok(Redact(await all.ListAsync(query.ToQuery(), cancellationToken))))
                .WithSummary(
                    "The queue, a page of it: cases that wait for a second reader first, then blind ones, then "
                    + "open ones, most expected harm first.");
            cases.MapGet(
                "{id}", async (string id, ClaimsPrincipal user, Cases all, CancellationToken cancellationToken) =>
                    TypedResults.Ok(Redact(await all.ViewAsync(id, Actor.Of(user), cancellationToken))))
                .WithSummary("A case; the view is noted.");
            cases.MapGet("{id}/history", async (string id, Cases all,
                CancellationToken cancellationToken) => TypedResults.Ok(await all.HistoryAsync(id, cancellationToken)))
                .WithSummary("Every view and act, each line with the hash of the one before.");
            cases.MapPost("{id}/take", (string id, ClaimsPrincipal user, Cases all,
                CancellationToken cancellationToken) => Answer(all.TakeAsync(id, Actor.Of(user), cancellationToken)))
                .WithSummary("Acquire the lease on a case while reading it.");
            cases.MapPost("{id}/release", (string id, ClaimsPrincipal user, Cases all,
                CancellationToken cancellationToken) => Answer(all.ReleaseAsync(id, Actor.Of(user), cancellationToken)))
                .WithSummary("Release the lease on a case.");
            cases.MapPost("{id}/assign", (
                string id, CaseAssignment body, ClaimsPrincipal user, Cases all, CancellationToken cancellationToken) =>
                Answer(all.AssignAsync(id, body.Assignee, Actor.Of(user), cancellationToken)))
                .WithSummary("Assign a case to somebody, or to nobody.");
            cases.MapPost("{id}/comment",
                (string id, CaseText body, ClaimsPrincipal user, Cases all, CancellationToken cancellationToken) =>
                    Answer(all.CommentAsync(id, body.Text, Actor.Of(user), cancellationToken)))
                .WithSummary("Add a note.");
            cases.MapGet("{id}/documents", async (string id, Cases all, CancellationToken cancellationToken) =>
                TypedResults.Ok(await all.AttachmentsAsync(id, cancellationToken)))
                .WithSummary("Documents that controllers added to a case.");
            cases.MapPost("{id}/documents", AttachAsync).Accepts<byte[]>("application/octet-stream")
                .WithSummary("Add a document to a case: its bytes as the body, at most 5 MB.");
            cases.MapGet("{id}/documents/{number:long}",
                async (string id, long number, ClaimsPrincipal user, Cases all, CancellationToken cancellationToken) =>
                    await all.ReadAttachmentAsync(id, number, Actor.Of(user), cancellationToken) is var (name, content)
                        ? TypedResults.File(content, "application/octet-stream", name) : null)
                .WithSummary("A document, always as a file to save.");
            cases.MapPost("{id}/opinion",
                (string id, CaseText body, ClaimsPrincipal user, Cases all, CancellationToken cancellationToken) =>
                    Answer(all.OpinionAsync(id, body.Text, Actor.Of(user), cancellationToken)))
                .WithSummary("Give an opinion on a blind case, which then shows its reasons.");
            cases.MapPost("{id}/snooze",
                (string id, CaseSnooze body, ClaimsPrincipal user, Cases all, CancellationToken cancellationToken) =>
                    Answer(all.SnoozeAsync(id, body.Until, body.Rationale, Actor.Of(user), cancellationToken)))
                .WithSummary("Snooze a case until a date, with a rationale.");
            cases.MapPost("{id}/decision",
                (string id, CaseDecision body, ClaimsPrincipal user, Cases all, CancellationToken cancellationToken) =>
                    Answer(all.DecideAsync(id, body.ToOutcome(), body.Rationale, Actor.Of(user), cancellationToken)))
                .WithSummary(
                    "Decide: serious, insufficient or nothing, with a rationale. Measures wait for a second reader.");
            cases.MapPost("{id}/second",
                (string id, CaseSecond body, ClaimsPrincipal user, Cases all, CancellationToken cancellationToken) =>
                    Answer(all.SecondAsync(id, body.Agrees, body.Rationale, Actor.Of(user), cancellationToken)))
                .WithSummary("Agree as a second reader, or send the case back.");
            cases.MapGet("{id}/file", FileAsync)
                .WithSummary("The adversarial file (dossier contradictoire): one HTML page for printing.");
            app.MapGet("/api/v1/certifications/log", async (Cases all,
                CancellationToken cancellationToken) => await all.VerifyAsync(cancellationToken) is { Count: > 0 } wrong
                    ? TypedResults.Ok(new LogState(false, wrong))
                    : TypedResults.Ok(new LogState(true, [])))
                .WithTags("Certifications")
                .RequireAuthorization(Scopes.Control).WithSummary("Whether the chained history is as it was written.");
            app.MapGet("/api/v1/certifications/quality", async (
                CaseDecisionStore decisions, TimeProvider time, CancellationToken cancellationToken) =>
                    TypedResults.Ok(await decisions.ReadQualityAsync(time.GetUtcNow(), cancellationToken)))
                .WithTags("Certifications")
                .RequireAuthorization(Scopes.Control).WithSummary("Precision of the queue, from decisions.");
            app.MapGet("/api/v1/certifications/run", async Task<Results<Ok<CertificationRun>, NotFound>> (
                CertificationRunStore runs, CancellationToken cancellationToken) =>
                    await runs.FindLastAsync(cancellationToken) is { } run ? TypedResults.Ok(run)
                        : TypedResults.NotFound())
                .WithTags("Certifications").RequireAuthorization(Scopes.Control)
                .WithSummary("The last run: what ranked, what could not be computed, which features drifted within a "
                    + "year, and whether small and large certifications are flagged alike.");
            app.MapGet("/api/v1/certifications/controls.csv", ControlsAsync)
                .WithTags("Certifications").RequireAuthorization(Scopes.Control)
                .WithSummary("Decisions as labels: the table controls of docs/platform-data.md.");
        }
    }

    private static async Task<Ok<CertificationCase>> Answer(Task<CertificationCase> act) =>
        TypedResults.Ok(Redact(await act));

    private static async Task<Ok<CertificationCase>> AttachAsync(string id,
        string? name, HttpRequest request, ClaimsPrincipal user, Cases all, CancellationToken cancellationToken)
    {
        if (request.ContentLength > CaseAttachment.MaxBytes)
        {
            throw new RefusedException(413, CaseAttachment.TooLarge);
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = CaseAttachment.MaxBytes;
        }

        using var content = new MemoryStream();
        await request.Body.CopyToAsync(content, cancellationToken);
        return TypedResults.Ok(
            Redact(await all.AttachAsync(id, name, content.ToArray(), Actor.Of(user), cancellationToken)));
    }

    /// <summary>One page for printing; a browser makes a PDF of it.</summary>
    private static async Task<ContentHttpResult> FileAsync(
        string id, string? language, ClaimsPrincipal user,
        Cases all, CertificationsSettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        var @case = await all.ViewAsync(id, Actor.Of(user), cancellationToken);
        if (@case.IsBlind)
        {
            throw new RefusedException(409, new("Donnez d'abord votre avis\u00a0: ce dossier se lit sans score.",
                "State your opinion first: this case is read without a score."));
        }

        var html = CaseFile.Html(@case, await all.HistoryAsync(id, cancellationToken),
            await all.AttachmentsAsync(id, cancellationToken),
            new Ui(language ?? "fr", TimeZoneInfo.FindSystemTimeZoneById(settings.Zone)), time.GetUtcNow());
        return TypedResults.Text(html, "text/html", Encoding.UTF8);
    }

    /// <summary>A blind case shows neither rank nor reasons.</summary>
    internal static CertificationCase Redact(CertificationCase @case) => @case.IsBlind
        ? @case with
        {
            Harm = 0,
            Evidence = null,
            Document =
            @case.Document with { Rank = 0, Score = 0, Evidence = 0, Reasons = [], InFavour = [], Probability = null }
        }
        : @case;

    private static CaseList Redact(CaseList page) => page with { Cases = [.. page.Cases.Select(Redact)] };

    /// <summary>A decision as the table of controls in <c>docs/platform-data.md</c> names it.</summary>
    private static string ControlOutcome(CaseOutcome outcome) => outcome switch
    {
        CaseOutcome.Serious => "confirmed",
        CaseOutcome.Nothing => "legitimate",
        _ => "insufficient",
    };

    private static async Task<ContentHttpResult> ControlsAsync(
        CaseDecisionStore decisions, CancellationToken cancellationToken)
    {
        var csv = new StringBuilder("certification_id,opened_on,decided_on,selection,outcome\n");
        foreach (var closed in await decisions.FindControlsAsync(cancellationToken))
        {
            csv.AppendJoin(
                ',',
                closed.CertificationId,
                closed.OpenedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                closed.ClosedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                StoredJson.Name(closed.Origin),
                ControlOutcome(closed.Outcome)).Append('\n');
        }

        return TypedResults.Text(csv.ToString(), "text/csv", Encoding.UTF8);
    }
}

/// <param name="State">open, proposed, snoozed or closed.</param>
/// <param name="Assignee">Whose; empty for nobody's.</param>
/// <param name="Q">Words of code, title or first reason.</param>
internal sealed record CaseQueryParameters(string? State, string? Assignee, string? Q, int? Skip, int? Take)
{
    public CaseQuery ToQuery() =>
        new(Refusals.IfNoChoice<CaseState>(State, "state"), Assignee, Q, Skip ?? 0, Take ?? CaseQuery.DefaultTake);
}

/// <param name="Assignee">Name of an account; empty for nobody.</param>
internal sealed record CaseAssignment(string? Assignee);

internal sealed record CaseText(string? Text);

/// <param name="Until">In the future, in a year at most.</param>
internal sealed record CaseSnooze(
    DateTimeOffset Until, [property: JsonPropertyName("motive")] string? Rationale);

/// <param name="Outcome">serious, insufficient or nothing.</param>
internal sealed record CaseDecision(
    string? Outcome, [property: JsonPropertyName("motive")] string? Rationale)
{
    public CaseOutcome ToOutcome() => Refusals.IfNoChoice<CaseOutcome>(Outcome, "outcome") ?? throw Refusals.Bad(
        "La décision doit être «\u00a0serious\u00a0», «\u00a0insufficient\u00a0» ou «\u00a0nothing\u00a0».",
        "outcome must be serious, insufficient or nothing.");
}

internal sealed record CaseSecond(bool Agrees, [property: JsonPropertyName("motive")] string? Rationale);

/// <param name="Wrong">What is wrong, a sentence each.</param>
internal sealed record LogState(bool IsIntact, IReadOnlyList<string> Wrong);
