using Cpf.Ml.Worker.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cpf.Ml.Worker.Access;

internal static class AuditEndpoints
{
    extension(WebApplication app)
    {
        public void MapAudit() =>
            app.MapGet("/api/v1/audit", ReadAsync).RequireAuthorization(Scopes.Administer).WithTags("Audit")
                .WithSummary("The audit log, newest first. Continue with before = the id of the last line.");
    }

    private static async Task<Ok<IReadOnlyList<AuditEntry>>> ReadAsync(
        AuditLog audit,
        CancellationToken cancellationToken,
        string? actor = null,
        string? action = null,
        string? subject = null,
        string? before = null,
        int limit = 100)
    {
        if (limit is < 1 or > 500)
        {
            throw new RefusedException(400,
                new($"« limit » doit être de 1 à 500, reçu {limit}.", $"\"limit\" must be 1 to 500, was {limit}."));
        }

        return TypedResults.Ok(await audit.ReadAsync(new(actor, action, subject, before, limit), cancellationToken));
    }
}
