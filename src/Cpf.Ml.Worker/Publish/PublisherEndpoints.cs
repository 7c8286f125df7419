using System.Security.Claims;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Alerts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cpf.Ml.Worker.Publish;

internal static class PublisherEndpoints
{
    extension(WebApplication app)
    {
        public void MapPublishers()
        {
            var publishers = app.MapGroup("/api/v1/publishers").WithTags("Publishers");
            publishers.MapGet("", ReadAsync).RequireAuthorization(Scopes.Read)
                .WithSummary("Each publisher with its pending and dead messages and its last error.");
            publishers.MapGet("dead-letters", ReadDeadAsync).RequireAuthorization(Scopes.Read)
                .WithSummary("Dead messages, newest first.");
            publishers.MapPost("dead-letters/{id}/resend", ResendAsync).RequireAuthorization(Scopes.Operate)
                .WithSummary("Send a dead message again.");
        }
    }

    private static async Task<Ok<IReadOnlyList<PublisherStatus>>> ReadAsync(
        DeadLetters letters, CancellationToken cancellationToken) =>
        TypedResults.Ok(await letters.SummariseAsync(cancellationToken));

    private static async Task<Ok<List<DeadLetterView>>> ReadDeadAsync(
        DeadLetters letters, CancellationToken cancellationToken) =>
        TypedResults.Ok<List<DeadLetterView>>(
            [.. (await letters.ReadAsync(cancellationToken)).Select(DeadLetterView.Of)]);

    private static async Task<NoContent> ResendAsync(
        string id, ClaimsPrincipal user, DeadLetters letters, CancellationToken cancellationToken)
    {
        await letters.ResendAsync(id, Actor.Of(user), cancellationToken);
        return TypedResults.NoContent();
    }
}

/// <summary>A message that was given up.</summary>
internal sealed record DeadLetterView(
    string Id, string Publisher,
    string IncidentId, Notice Notice, DateTimeOffset CreatedAt, DateTimeOffset DeadAt, int Attempts, string? LastError)
{
    public static DeadLetterView Of(OutboxMessage message) => new(
        message.Id, message.Publisher, message.IncidentId,
        message.Notice, message.CreatedAt, message.DeadAt!.Value, message.Attempts, message.LastError);
}
