using System.Security.Claims;
using System.Security.Cryptography;
using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Access;

/// <summary>Tokens that programs authenticate with.</summary>
internal sealed class ApiTokens(TokenStore store, AuditLog audit, TimeProvider time)
{
    private const int MaxLifeDays = 3650;

    /// <summary>Newest first; revoked and expired ones too.</summary>
    public Task<IReadOnlyList<ApiToken>> ReadAsync(CancellationToken cancellationToken) =>
        store.ReadAsync(cancellationToken);

    /// <param name="days">Until it expires, 1 to 3650; null: never.</param>
    /// <returns>The token, and its secret, to be shown once.</returns>
    /// <exception cref="RefusedException">A value is invalid; the message says which.</exception>
    public async Task<(ApiToken Token, string Secret)> CreateAsync(
        Actor actor, string name, IReadOnlyCollection<string> scopes, int? days, CancellationToken cancellationToken)
    {
        name = name.Trim();
        if (name.Length is 0 or > 100)
        {
            throw new RefusedException(400, new(
                "Le nom du jeton doit avoir 1 à 100 caractères.", "The token's name must have 1 to 100 characters."));
        }

        if (scopes.Count == 0 || scopes.Except(Scopes.All).Any())
        {
            var all = string.Join(", ", Scopes.All);
            throw new RefusedException(400, new(
                $"Choisissez au moins un droit parmi : {all}.", $"Choose at least one scope out of: {all}."));
        }

        if (days is < 1 or > MaxLifeDays)
        {
            throw new RefusedException(400, new(
                $"La durée de vie doit être de 1 à {MaxLifeDays} jours, ou absente.",
                $"The lifetime must be 1 to {MaxLifeDays} days, or absent."));
        }

        var secret = Secret.Token();
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        var token = new ApiToken(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
            name, Secret.Hash(secret), [.. scopes.Distinct()],
            actor.Name, now, days is null ? null : now.AddDays(days.Value), null, null);
        var entry =
            audit.Entry(actor, "token.create", token.Id, null, new { token.Name, token.Scopes, token.ExpiresAt });
        await store.AddAsync(token, entry, cancellationToken);
        return (token, secret);
    }

    /// <summary>Revokes the token immediately. Idempotent.</summary>
    /// <exception cref="RefusedException">There is no such token.</exception>
    public async Task RevokeAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        var token = await store.FindAsync(id, cancellationToken)
            ?? throw new RefusedException(404, new($"Il n’y a pas de jeton {id}.", $"There is no token {id}."));
        await store.RevokeAsync(
            id, audit.Entry(actor, "token.revoke", id, new { token.Name, token.Scopes }), cancellationToken);
    }

    /// <returns>Who the token is; or null, and whether it is unknown, expired or revoked.</returns>
    public async Task<(ClaimsPrincipal? User, string Why)> AuthenticateAsync(
        string secret, CancellationToken cancellationToken)
    {
        if (!secret.StartsWith(Secret.TokenPrefix, StringComparison.Ordinal) || secret.Length > 100)
        {
            return (null, "unknown");
        }

        var now = time.GetUtcNow();
        if (await store.FindByHashAsync(Secret.Hash(secret), cancellationToken) is not { } token)
        {
            return (null, "unknown");
        }

        if (!token.IsGoodAt(now))
        {
            return (null, token.RevokedAt is null ? "expired" : "revoked");
        }

        // To the minute: a write a request would cost more than the request.
        var minute = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        if (token.LastUsedAt is null || token.LastUsedAt < minute)
        {
            await store.TouchAsync(token.Id, minute, cancellationToken);
        }

        var claims = token.Scopes.Select(scope => new Claim(AccessClaims.Scope, scope))
            .Append(new Claim(ClaimTypes.Name, Actor.OfToken(token.Name)));
        return (new ClaimsPrincipal(new ClaimsIdentity(claims, TokenAuthentication.Scheme)), "");
    }
}
