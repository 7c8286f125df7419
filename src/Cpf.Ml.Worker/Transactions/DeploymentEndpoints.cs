using System.Security.Claims;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cpf.Ml.Worker.Transactions;

internal static class DeploymentEndpoints
{
    private static readonly TimeSpan DefaultRange = TimeSpan.FromDays(7);

    extension(WebApplication app)
    {
        public void MapDeployments()
        {
            var deployments = app.MapGroup("/api/v1/deployments").WithTags("Deployments");
            deployments.MapPost("", AddAsync).RequireAuthorization(Scopes.Ingest)
                .WithSummary("Announce a deployment of a service: for a while its series may deviate further before an "
                    + "alert opens.");
            deployments.MapGet("", FindAsync).RequireAuthorization(Scopes.Read)
                .WithSummary("Deployments of the last 7 days or between two instants, newest first, 1 000 at most.");
        }
    }

    private static async Task<Created<Deployment>> AddAsync(
        NewDeployment body, ClaimsPrincipal user, Deployments deployments, CancellationToken cancellationToken)
    {
        var deployment = await deployments.AddAsync(body, Actor.Of(user), cancellationToken);
        return TypedResults.Created(
            $"/api/v1/deployments?service={Uri.EscapeDataString(deployment.Service)}", deployment);
    }

    private static async Task<Ok<IReadOnlyList<Deployment>>> FindAsync(
        string? service, DateTimeOffset? from,
        DateTimeOffset? to, DeploymentStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        var end = to ?? time.GetUtcNow();
        var begin = from ?? end - DefaultRange;
        return begin < end
            ? TypedResults.Ok(await store.FindAsync(begin, end, service, cancellationToken))
            : throw Refusals.Bad("«\u00a0from\u00a0» doit précéder «\u00a0to\u00a0».", "from must come before to.");
    }
}
