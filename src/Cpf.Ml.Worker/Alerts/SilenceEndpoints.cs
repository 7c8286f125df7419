using System.Security.Claims;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cpf.Ml.Worker.Alerts;

internal static class SilenceEndpoints
{
    extension(WebApplication app)
    {
        public void MapSilences()
        {
            var silences = app.MapGroup("/api/v1/silences").WithTags("Silences");
            silences.MapGet("", ReadAsync).RequireAuthorization(Scopes.Read)
                .WithSummary(
                    "Silences and maintenance windows: active and planned ones first, then those that are over.");
            silences.MapPost("", BeginAsync).RequireAuthorization(Scopes.Operate)
                .WithSummary("Silence matching alerts for a while, from now or from a planned time.");
            silences.MapPost("{id}/end", EndAsync).RequireAuthorization(Scopes.Operate)
                .WithSummary("End a silence early, or cancel a planned one.");

            var budget = app.MapGroup("/api/v1/alert-budget").WithTags("Silences");
            budget.MapGet("", (AlertBudget current) => TypedResults.Ok(new BudgetView(current.PerDay)))
                .RequireAuthorization(Scopes.Read)
                .WithSummary("How many false alerts a day are accepted over the whole estate.");
            budget.MapPut("", SetBudgetAsync).RequireAuthorization(Scopes.Operate)
                .WithSummary("Set how many false alerts a day are accepted over the whole estate.");
        }
    }

    private static async Task<Ok<IReadOnlyList<Silence>>> ReadAsync(
        Silencing silencing, CancellationToken cancellationToken) =>
        TypedResults.Ok(await silencing.ListAsync(cancellationToken));

    private static async Task<Created<Silence>> BeginAsync(
        NewSilence body, ClaimsPrincipal user, Silencing silencing, CancellationToken cancellationToken)
    {
        var silence = await silencing.BeginAsync(body, Actor.Of(user), cancellationToken);
        return TypedResults.Created($"/api/v1/silences/{silence.Id}", silence);
    }

    private static async Task<Ok<Silence>> EndAsync(
        string id, ClaimsPrincipal user, Silencing silencing, CancellationToken cancellationToken) =>
        TypedResults.Ok(await silencing.EndAsync(id, Actor.Of(user), cancellationToken));

    private static async Task<Ok<BudgetView>> SetBudgetAsync(
        BudgetView body, ClaimsPrincipal user, AlertBudget budget, CancellationToken cancellationToken)
    {
        if (!AlertBudget.IsValid(body.PerDay))
        {
            throw Refusals.Bad(
                $"Le budget va de {AlertBudget.Min} à {AlertBudget.Max} alertes par jour.",
                $"perDay must be {AlertBudget.Min} to {AlertBudget.Max}, was {body.PerDay}.");
        }

        await budget.SetAsync(body.PerDay, Actor.Of(user), cancellationToken);
        return TypedResults.Ok(body);
    }
}

/// <param name="PerDay">False alerts a day over the whole estate, 0.01 to 1000.</param>
internal sealed record BudgetView(double PerDay);
