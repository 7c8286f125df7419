using System.Globalization;
using System.Security.Claims;
using Cpf.Ml.Scoring.Matching.Perimeters;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Console.Kit.Wording;

namespace Cpf.Ml.Worker.Matching;

internal static class PerimeterEndpoints
{
    extension(WebApplication app)
    {
        public void MapPerimeters()
        {
            var perimeters = app.MapGroup("/api/v1/perimeters")
                .WithTags("Perimeters").RequireAuthorization(Scopes.Fund);
            perimeters.MapGet("", async (Perimeters all, CancellationToken cancellationToken) => TypedResults.Ok(
                await all.ListAsync(cancellationToken))).WithSummary("The newest version of each perimeter.");
            perimeters.MapPost("", async (
                PerimeterRequest body, ClaimsPrincipal user, Perimeters all, CancellationToken cancellationToken) =>
                TypedResults.Ok(await all.CreateAsync(body, Actor.Of(user), cancellationToken)))
                .WithSummary(
                    "Create a perimeter: jobs, the rule that brings their certifications in, and choices by hand.");
            perimeters
                .MapGet("{id}", async (string id, int? version, Perimeters all, CancellationToken cancellationToken) =>
                    TypedResults.Ok(await all.FindAsync(id, version, cancellationToken)))
                    .WithSummary("A perimeter, its newest version or another.");
            perimeters.MapPut("{id}", async (string id, long revision,
                PerimeterRequest body, ClaimsPrincipal user, Perimeters all, CancellationToken cancellationToken) =>
                TypedResults.Ok(await all.ReviseAsync(id, revision, body, Actor.Of(user), cancellationToken)))
                .WithSummary("Change a draft; a proposed or approved one gets a new version. revision: as it "
                    + "was read.");
            perimeters.MapPost("{id}/propose", async (
                string id, long revision, ClaimsPrincipal user, Perimeters all, CancellationToken cancellationToken) =>
                TypedResults.Ok(await all.ProposeAsync(id, revision, Actor.Of(user), cancellationToken)))
                .WithSummary("Ask for a second person's approval.");
            perimeters.MapPost("{id}/decision", async (string id, long revision, PerimeterDecision body,
                ClaimsPrincipal user, Perimeters all, CancellationToken cancellationToken) => TypedResults.Ok(
                    await all.DecideAsync(id, revision, body.Agrees, body.Motive, Actor.Of(user), cancellationToken)))
                .WithSummary("Approve what another person has proposed, or send it back.");
            perimeters.MapPost("{id}/duplicate", async (string id,
                PerimeterName body, ClaimsPrincipal user, Perimeters all, CancellationToken cancellationToken) =>
                TypedResults.Ok(await all.DuplicateAsync(id, body.Name, Actor.Of(user), cancellationToken)))
                .WithSummary("Duplicate a perimeter.");
            perimeters.MapGet("{id}/versions", async (string id, Perimeters all,
                CancellationToken cancellationToken) => TypedResults.Ok(await all.VersionsAsync(id, cancellationToken)))
                .WithSummary("All versions, the newest first.");
            perimeters.MapGet("{id}/difference",
                async (string id, int from, int to, Perimeters all, CancellationToken cancellationToken) =>
                    TypedResults.Ok(
                        PerimeterDifference.Between((await all.FindAsync(id, from, cancellationToken)).Content,
                            (await all.FindAsync(id, to, cancellationToken)).Content)))
                .WithSummary("What differs between two versions.");
            perimeters.MapGet(
                "{id}/changes", async (string id, int? version, Perimeters all, CancellationToken cancellationToken) =>
                    TypedResults.Ok(all.Notice(await all.FindAsync(id, version, cancellationToken))))
                .WithSummary("What the register and the model of now would change: new and ended certifications, jobs "
                    + "that were split.");
            perimeters.MapGet("{id}/certifications.csv", FileAsync)
                .WithSummary("Its certifications for a spreadsheet.");
            app.MapPost("/api/v1/matching/judgements", async (
                JudgementRequest body, ClaimsPrincipal user, Perimeters all, CancellationToken cancellationToken) =>
                {
                    await all.JudgeAsync(
                        body.Certification, body.Job, body.IsAccepted, body.Reason, Actor.Of(user), cancellationToken);
                    return TypedResults.NoContent();
                })
                .WithTags("Matching").RequireAuthorization(Scopes.Fund)
                .WithSummary("Accept or reject a recommendation, with a reason; the last word of each person counts.");
            app.MapGet("/api/v1/matching/judgements",
                async (string? certification, PerimeterStore store, CancellationToken cancellationToken) =>
                    TypedResults.Ok(await store.JudgementsAsync(certification, cancellationToken)))
                .WithTags("Matching").RequireAuthorization(Scopes.Fund).WithSummary("The judged set.");
        }
    }

    private static async Task<IResult> FileAsync(string id,
        int? version, string? language, Perimeters all, CatalogueLoading loading, CancellationToken cancellationToken)
    {
        var (perimeter, ui) = (await all.FindAsync(id, version, cancellationToken),
            new Ui(language ?? "fr", TimeZoneInfo.Utc));
        var (catalogue, choices) = (loading.Required.Catalogue,
            perimeter.Content.Choices.ToDictionary(choice => choice.Certification));
        string[] heads = ui.IsFrench ? ["certification", "titre", "niveau",
            "fin de validité", "choix", "raison", "périmètre", "version", "état", "modèle"] : ["certification",
                "title", "level", "valid until", "choice", "reason", "perimeter", "version", "state", "model"];
        return Spreadsheet.File(
            Spreadsheet.Write(ui, heads, perimeter.Content.Certifications.Select(certification => (IEnumerable<string>)
            [
                certification, catalogue.Find(certification)?.Fiche.Title ?? "",
                catalogue.Find(certification)?.Fiche.Level?.ToString(CultureInfo.InvariantCulture) ?? "",
                catalogue.Find(certification)?.Fiche.ExpiresOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                    ?? "", choices.ContainsKey(certification) ? ui.T("à la main", "by hand") : ui.T("règle", "rule"),
                choices.GetValueOrDefault(certification)?.Reason ?? "",
                perimeter.Content.Name, perimeter.Number.ToString(
                    CultureInfo.InvariantCulture),
                    perimeter.State.ToString().ToLowerInvariant(), perimeter.Content.Model,
            ])),
            $"perimetre-{perimeter.Number}.csv");
    }

    internal sealed record PerimeterDecision(bool Agrees, string? Motive = null);

    internal sealed record PerimeterName(string? Name = null);

    internal sealed record JudgementRequest(string Certification, string Job, bool IsAccepted, string? Reason = null);
}
