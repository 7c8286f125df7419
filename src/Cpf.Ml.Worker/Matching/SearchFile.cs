using System.Globalization;
using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Console.Kit.Wording;

namespace Cpf.Ml.Worker.Matching;

/// <summary>What the search page lists, for a spreadsheet: the same query, filters and order, on all its
/// pages.</summary>
internal static class SearchFile
{
    extension(WebApplication app)
    {
        public IEndpointConventionBuilder MapSearchFile() => app.MapGet(
            "/matching.csv", (string? q, string[]? job, int? level, string? register, string? tier, bool? expired,
                string? region, bool? remote, int? price, string? order, string? language, CatalogueLoading loading) =>
        {
            var (ui, loaded) = (new Ui(language ?? "fr", TimeZoneInfo.Utc), loading.Required);
            var found = loaded.Ask(SearchAddress.Parse(q, job, level, register, Enum.TryParse<LinkTier>(
                tier, ignoreCase: true, out var asked) ? asked : null, expired, region, remote, price, order));
            string[] heads = ui.IsFrench
                ? ["certification",
                    "titre", "niveau", "fin de validité", "métier", "lien", "probabilité", "avis", "pourquoi", "modèle"]
                : ["certification",
                    "title", "level", "valid until", "job", "link", "probability", "verdict", "why", "model"];
            return Spreadsheet.File(
                Spreadsheet.Write(ui, heads, found.All.Select(one => (IEnumerable<string>)
                [
                    one.Fiche.Fiche.Id,
                    one.Fiche.Fiche.Title, one.Fiche.Fiche.Level?.ToString(CultureInfo.InvariantCulture) ?? "",
                    one.Fiche.Fiche.ExpiresOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
                    one.Link.Job, ui.T(LinkWords.Of(one.Link.Tier)), one.Link.Tier == LinkTier.Declared ? ""
                        : one.Link.Probability.ToString("F4", CultureInfo.InvariantCulture),
                        ui.T(LinkWords.Of(one.Verdict)), ui.T(loaded.Catalogue.Why(one.Link)), loaded.Model,
                ])),
                "certifications.csv");
        }).ExcludeFromDescription().RequireAuthorization(Scopes.Fund);
    }
}
