using System.Security.Claims;

namespace Cpf.Ml.Worker.Access;

/// <summary>Claims of a signed-in person or a token.</summary>
internal static class AccessClaims
{
    /// <summary>One of <see cref="Scopes"/>; several claims when several apply.</summary>
    public const string Scope = "scope";

    /// <summary>How the person is shown to others.</summary>
    public const string DisplayName = "display_name";

    /// <summary><c>fr</c> or <c>en</c>.</summary>
    public const string Language = "language";

    /// <summary>Changes with the password, so that a change ends the sessions that began before it.</summary>
    public const string Stamp = "stamp";

    extension(ClaimsPrincipal user)
    {
        /// <summary>Account name, or <c>token:</c> and the token's name; empty for nobody.</summary>
        public string ActorName => user.Identity?.Name ?? "";

        public string DisplayName => user.FindFirstValue(DisplayName) ?? user.ActorName;

        public bool May(string scope) => user.HasClaim(Scope, scope);
    }
}
