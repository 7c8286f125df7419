using System.Text;
using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Correction;
using Cpf.Ml.Scoring.Neutrality.Report;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Neutrality;

internal static class NeutralityEndpoints
{
    private const int MaxTextLength = 500;

    extension(WebApplication app)
    {
        public void MapNeutralityApi()
        {
            var neutrality = app.MapGroup("/api/v1/neutrality").WithTags("Neutrality");
            neutrality.MapGet("audits", async (NeutralityStore store,
                CancellationToken cancellationToken) => TypedResults.Ok(await store.ListAsync(cancellationToken)))
                .RequireAuthorization(Scopes.Audit).WithSummary("Audits of the search engine, the newest first.");
            neutrality
                .MapGet("audits/{id}", async (string id, NeutralityStore store, CancellationToken cancellationToken) =>
                    TypedResults.Text(await Required(store, id, cancellationToken), "application/json", Encoding.UTF8))
                .RequireAuthorization(Scopes.Audit).WithSummary("An audit with everything that its verdicts rest on.");
            neutrality.MapGet("why", (string? query, string? filters,
                string? offer, ScheduledAudits audits) => TypedResults.Ok(Why(audits, query, filters, offer)))
                .RequireAuthorization(Scopes.Audit).WithSummary("Why an offer stands where it stands for a query.");
            neutrality
                .MapPost("rerank", (RerankRequest body, Reranking reranking) => TypedResults.Ok(reranking.Answer(body)))
                .RequireAuthorization(Scopes.Rerank).WithSummary($"An answer of at most {RerankRequest.MaxOffers} "
                    + $"offers in an order that favours nobody, within guards.");
            neutrality.MapGet("ledger", (Reranking reranking) => TypedResults.Ok(reranking.State))
                .RequireAuthorization(Scopes.Audit)
                .WithSummary("What groups have got and deserved in re-ranked answers so far.");
        }

        /// <summary>The report as a page to print or send.</summary>
        public IEndpointConventionBuilder MapAuditPage() => app.MapGet("/neutrality/audits/{id}/report.html",
            async (string id, string? language, NeutralityStore store, CancellationToken cancellationToken) =>
        {
            var report = AuditReport.Parse(await Required(store, id, cancellationToken));
            var all = await store.ListAsync(cancellationToken);
            var before = all.SkipWhile(row => row.Id != id).Skip(1).FirstOrDefault();
            var earlier = before is null ? null : await store.FindAsync(before.Id, cancellationToken);
            return TypedResults.Text(AuditHtml.Render(report, earlier is null ? null : AuditReport.Parse(earlier),
                language == "en" ? "en" : "fr"), "text/html", Encoding.UTF8);
        }).ExcludeFromDescription().RequireAuthorization(Scopes.Audit);
    }

    /// <exception cref="RefusedException">No log is read, or it knows neither.</exception>
    public static RankExplanation Why(ScheduledAudits audits, string? query, string? filters, string? offer)
    {
        if (string.IsNullOrWhiteSpace(query) || string.IsNullOrWhiteSpace(offer)
            || query.Length > MaxTextLength || offer.Length > MaxTextLength || filters?.Length > MaxTextLength)
        {
            throw new RefusedException(
                400, new($"Donnez une requête et le code d'une offre, d'au plus {MaxTextLength} caractères.",
                    $"Give a query and the code of an offer, of at most {MaxTextLength} characters."));
        }

        var log = audits.Current ?? throw new RefusedException(503, new("Aucun journal de recherche n'est lu (réglage "
            + "Neutrality:Logs).", "No search log is read (setting Neutrality:Logs)."));
        return RankExplanation.Explain(log, query, filters ?? "", offer) ?? throw new RefusedException(404, new(
            "Le journal n'a pas cette requête, ou l'offre ne pouvait pas y être montrée.",
            "The log does not have this query, or the offer could not have been shown for it."));
    }

    private static async Task<string> Required(NeutralityStore store, string id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken)
            ?? throw new RefusedException(404, new("Cet audit n'existe pas.", "There is no such audit."));
}
