using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Alerts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cpf.Ml.Worker.Transactions;

internal static class IncidentExampleEndpoint
{
    extension(WebApplication app)
    {
        public void MapIncidentExamples() => app.MapGet("/api/v1/incidents/{id}/transactions", FindAsync)
            .RequireAuthorization(Scopes.Read)
            .WithTags("Incidents")
            .WithSummary("Single transactions as examples of the incident, the rarest first.");
    }

    private static async Task<Ok<IReadOnlyList<IncidentExample>>> FindAsync(
        string id, IncidentSearchStore search, IncidentExampleStore store, CancellationToken cancellationToken) =>
        await search.FindVersionAsync(id, cancellationToken) is null
            ? throw IncidentRefusals.NoIncident(id)
            : TypedResults.Ok(await store.FindAsync(id, cancellationToken));
}
