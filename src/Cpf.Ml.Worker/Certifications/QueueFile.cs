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
            var (query, found, more) = (CaseQuery.OfAddress(state,
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
                Spreadsheet.Write(ui, Heads(ui), found.Select(one => Fields(one, ui))), "certifications.csv");
        }).ExcludeFromDescription().RequireAuthorization(Scopes.Control);
    }

    private static string[] Heads(Ui ui) => ui.IsFrench
        ? ["dossier", "certification",
            "titre", "état", "rang", "euros par mois", "constat", "confié à", "ouvert UTC", "décision", "motif"]
        : ["case", "certification",
            "title", "state", "rank", "EUR a month", "finding", "assigned to", "opened UTC", "decision", "motive"];

    private static IEnumerable<string> Fields(CertificationCase one, Ui ui) =>
    [
        one.Id,
        one.CertificationId,
        one.Title,
        StateWords.Of(one, ui),
        one.IsBlind ? "" : one.Document.Rank.ToString(CultureInfo.InvariantCulture),
        one.Document.EurosAMonth.ToString("F0", CultureInfo.InvariantCulture),
        one.Document.Reasons is [var first, ..] ? ui.T(first.Sentence) : "",
        one.Assignee ?? "",
        Ui.Machine(one.OpenedAt),
        one.Outcome is null ? "" : StateWords.Outcome(one.Outcome, ui),
        one.Motive ?? "",
    ];
}
