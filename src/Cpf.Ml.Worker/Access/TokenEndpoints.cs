using System.Collections.Immutable;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cpf.Ml.Worker.Access;

internal static class TokenEndpoints
{
    extension(WebApplication app)
    {
        public void MapTokens()
        {
            var tokens = app.MapGroup("/api/v1/tokens").RequireAuthorization(Scopes.Administer).WithTags("Tokens");
            tokens.MapGet("", ReadAsync)
                .WithSummary("All tokens without their secrets, newest first; revoked and expired ones too.");
            tokens.MapPost("", CreateAsync)
                .WithSummary("Create a token. Its secret is in this response and nowhere else.");
            tokens.MapDelete("{id}", RevokeAsync).WithSummary("Revoke a token immediately.");
        }
    }

    private static async Task<Ok<List<TokenView>>> ReadAsync(ApiTokens tokens, CancellationToken cancellationToken) =>
        TypedResults.Ok<List<TokenView>>([.. (await tokens.ReadAsync(cancellationToken)).Select(TokenView.Of)]);

    private static async Task<Created<NewTokenView>> CreateAsync(
        NewToken body, ClaimsPrincipal user, ApiTokens tokens, CancellationToken cancellationToken)
    {
        var (token, secret) = await tokens.CreateAsync(
            Actor.Of(user), body.Name, body.Scopes, body.ExpiresInDays, cancellationToken);
        return TypedResults.Created($"/api/v1/tokens/{token.Id}", new NewTokenView(TokenView.Of(token), secret));
    }

    private static async Task<NoContent> RevokeAsync(
        string id, ClaimsPrincipal user, ApiTokens tokens, CancellationToken cancellationToken)
    {
        await tokens.RevokeAsync(Actor.Of(user), id, cancellationToken);
        return TypedResults.NoContent();
    }
}

/// <param name="Name">What or who uses it.</param>
/// <param name="Scopes">ingest, read, operate, administer.</param>
/// <param name="ExpiresInDays">1 to 3650; absent: never.</param>
internal sealed record NewToken(string Name, string[] Scopes, int? ExpiresInDays = null);

/// <param name="Secret">Send it as <c>Authorization: Bearer …</c>; it cannot be read again.</param>
internal sealed record NewTokenView(TokenView Token, string Secret);

/// <param name="LastUsedAt">To the minute.</param>
internal sealed record TokenView(
    string Id,
    string Name,
    ImmutableArray<string> Scopes,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt,
    DateTimeOffset? LastUsedAt)
{
    public static TokenView Of(ApiToken token) => new(
        token.Id,
        token.Name, token.Scopes, token.CreatedBy, token.CreatedAt, token.ExpiresAt, token.RevokedAt, token.LastUsedAt);
}
