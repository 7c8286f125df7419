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
            "/matching.csv",
            ([AsParameters] SearchParameters search, int? price, string? language, CatalogueLoading loading) =>
        {
            var (ui, loaded) = (new Ui(language ?? "fr", TimeZoneInfo.Utc), loading.Required);
            var found = loaded.Ask(search.Tolerant.ToQuery(price));
            string[] heads = ui.IsFrench
                ? ["certification",
                    "titre", "niveau", "fin de validité", "métier", "lien", "probabilité", "avis", "pourquoi", "modèle"]
                : ["certification",
                    "title", "level", "valid until", "job", "link", "probability", "verdict", "why", "model"];
            return Spreadsheet.File(
                Spreadsheet.Write(ui, heads, found.All.Select(recommendation => (IEnumerable<string>)
                [
                    recommendation.Fiche.Fiche.Id,
                    recommendation.Fiche.Fiche.Title,
                    recommendation.Fiche.Fiche.Level?.ToString(CultureInfo.InvariantCulture) ?? "",
                    recommendation.Fiche.Fiche.ExpiresOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
                    recommendation.Link.Job,
                    ui.T(LinkWords.Of(recommendation.Link.Tier)), recommendation.Link.Tier == LinkTier.Declared ? ""
                        : recommendation.Link.Probability.ToString("F4", CultureInfo.InvariantCulture),
                        ui.T(LinkWords.Of(recommendation.Verdict)),
                        ui.T(loaded.Catalogue.Why(recommendation.Link)), loaded.Model,
                ])),
                "certifications.csv");
        }).ExcludeFromDescription().RequireAuthorization(Scopes.Fund);
    }
}
