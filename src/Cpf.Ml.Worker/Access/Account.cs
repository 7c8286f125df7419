using System.Collections.Immutable;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;

namespace Cpf.Ml.Worker.Access;

/// <summary>A person who may sign in.</summary>
/// <param name="Name">Lower case; never changes.</param>
/// <param name="PasswordHash">PBKDF2 with its salt, as <c>PasswordHasher</c> writes it.</param>
/// <param name="Roles">At least one of <see cref="Access.Roles"/>.</param>
/// <param name="Language"><c>fr</c> or <c>en</c>.</param>
/// <param name="DisabledAt">Since when the person may no longer sign in; null while they may.</param>
/// <param name="FailedCount">Wrong passwords since the last right one.</param>
/// <param name="LockedUntil">End of the last lock, exclusive; null when there was none since the last right
/// password.</param>
internal sealed record Account(
    string Name,
    string DisplayName,
    string PasswordHash,
    ImmutableArray<string> Roles,
    string Language,
    DateTimeOffset CreatedAt,
    DateTimeOffset? DisabledAt,
    int FailedCount,
    DateTimeOffset? LockedUntil)
{
    /// <summary>Whether the account is enabled and has a role that may act on incidents.</summary>
    public bool MayHandleIncidents =>
        DisabledAt is null && Roles.Any(role => Access.Roles.ScopesOf(role).Contains(Scopes.Operate));

    /// <summary>Whether the account is enabled and has a role that may read and decide cases of
    /// certifications.</summary>
    public bool MayControl =>
        DisabledAt is null && Roles.Any(role => Access.Roles.ScopesOf(role).Contains(Scopes.Control));

    /// <summary>The claims that every request of the session carries.</summary>
    public ClaimsPrincipal ToPrincipal()
    {
        var claims = new List<Claim>
        {
            new(ClaimTypes.Name, Name),
            new(AccessClaims.DisplayName, DisplayName),
            new(AccessClaims.Language, Language),
            new(AccessClaims.Stamp, Stamp),
        };
        claims.AddRange(Roles.Select(role => new Claim(ClaimTypes.Role, role)));
        claims.AddRange(
            Roles.SelectMany(Access.Roles.ScopesOf).Distinct().Select(scope => new Claim(AccessClaims.Scope, scope)));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, SessionCookie.Scheme));
    }

    /// <summary>Derived from the password's hash without revealing it.</summary>
    private string Stamp =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(PasswordHash)).AsSpan(0, 8));
}
