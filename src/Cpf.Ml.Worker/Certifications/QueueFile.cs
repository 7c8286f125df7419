using System.Globalization;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Console.Kit.Wording;

namespace Cpf.Ml.Worker.Certifications;

/// <summary>The queue for a spreadsheet: the same tab, filters, order and words as on the page, on all its pages. Blind
/// cases stay blind.</summary>
internal static class QueueFile
{
    extension(WebApplication app)
    {
        public IEndpointConventionBuilder MapQueueFile() => app.MapGet("/certifications.csv", async (
            string? state, string? who, string? q, string? language, System.Security.Claims.ClaimsPrincipal user,
            Cases cases, CertificationsSettings settings, CancellationToken cancellationToken) =>
        {
            var (query, found, more) = (CaseQuery.FromAddress(state,
                who, q, Actor.Of(user).Name) with
            { Take = CaseQuery.MaxTake }, new List<CertificationCase>(), true);
            while (more)
            {
                var page = await cases.ListAsync(query with { Skip = found.Count }, cancellationToken);
                found.AddRange(page.Cases.Select(CaseEndpoints.Redact));
                more = page.Cases.Count > 0 && found.Count < page.Total;
            }

            var ui = new Ui(language ?? "fr", TimeZoneInfo.FindSystemTimeZoneById(settings.Zone));
            return Spreadsheet.File(
                Spreadsheet.Write(ui, Heads(ui), found.Select(@case => Fields(@case, ui))), "certifications.csv");
        }).ExcludeFromDescription().RequireAuthorization(Scopes.Control);
    }

    private static string[] Heads(Ui ui) => ui.IsFrench
        ? ["dossier", "certification",
            "titre", "état", "rang", "euros par mois", "constat", "confié à", "ouvert UTC", "décision", "motif"]
        : ["case", "certification",
            "title", "state", "rank", "EUR a month", "finding", "assigned to", "opened UTC", "decision", "motive"];

    private static IEnumerable<string> Fields(CertificationCase @case, Ui ui) =>
    [
        @case.Id,
        @case.CertificationId,
        @case.Title,
        StateWords.Of(@case, ui),
        @case.IsBlind ? "" : @case.Document.Rank.ToString(CultureInfo.InvariantCulture),
        @case.Document.EurosAMonth.ToString("F0", CultureInfo.InvariantCulture),
        @case.Document.Reasons is [var first, ..] ? ui.T(first.Sentence) : "",
        @case.Assignee ?? "",
        Ui.Machine(@case.OpenedAt),
        @case.Outcome is null ? "" : StateWords.Outcome(@case.Outcome, ui),
        @case.Rationale ?? "",
    ];
}
