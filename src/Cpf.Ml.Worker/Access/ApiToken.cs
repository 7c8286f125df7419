using System.Collections.Immutable;

namespace Cpf.Ml.Worker.Access;

/// <summary>What a program authenticates with. Its secret is shown once; only the SHA-256 is kept.</summary>
/// <param name="Id">Public, 16 hexadecimal digits.</param>
/// <param name="Hash">SHA-256 of the secret, hexadecimal.</param>
/// <param name="Scopes">At least one of <see cref="Access.Scopes"/>.</param>
/// <param name="ExpiresAt">Exclusive; null: never.</param>
/// <param name="RevokedAt">Null while it is valid.</param>
/// <param name="LastUsedAt">To the minute; null before the first use.</param>
internal sealed record ApiToken(
    string Id,
    string Name,
    string Hash,
    ImmutableArray<string> Scopes,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt,
    DateTimeOffset? LastUsedAt)
{
    public bool IsGoodAt(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is null || now < ExpiresAt);
}
