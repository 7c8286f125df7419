using System.Diagnostics;
using System.Security.Claims;
using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Access;

/// <summary>Who does something and from where, as recorded in the audit log and in timelines.</summary>
/// <param name="Name">Account name, <c>token:</c> and the token's name, or <c>system</c>.</param>
/// <param name="Source">Remote address; empty for the service itself.</param>
/// <param name="Trace">Trace id of the request; empty outside one.</param>
internal sealed record Actor(string Name, string Source, string Trace)
{
    /// <summary>Claim that carries the remote address into Blazor circuits, where no request is at hand.</summary>
    public const string SourceClaim = "source";

    private const string TokenPrefix = "token:";

    /// <summary>The service itself.</summary>
    public static Actor System { get; } = new("system", "", "");

    /// <summary>The signed-in person or token.</summary>
    public static Actor Of(ClaimsPrincipal user) =>
        new(user.ActorName, user.FindFirstValue(SourceClaim) ?? "", CurrentTrace);

    /// <summary>A program may be anybody's: where two people must agree, it is neither of them.</summary>
    public bool IsToken => Name.StartsWith(TokenPrefix, StringComparison.Ordinal);

    /// <summary>Prefix of the names under which tokens act.</summary>
    public static string OfToken(string name) => TokenPrefix + name;

    /// <exception cref="RefusedException">A token acts where two people must agree.</exception>
    public void MustBePerson()
    {
        if (IsToken)
        {
            throw new RefusedException(403, new("Un jeton n'est pas une personne : cet acte demande un compte.",
                "A token is not a person: this action requires an account."));
        }
    }

    /// <summary>Somebody who is not signed in.</summary>
    public static Actor Claiming(string name, HttpContext context) => new(name, SourceOf(context), CurrentTrace);

    public static string SourceOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";

    private static string CurrentTrace => Activity.Current?.TraceId.ToHexString() ?? "";
}
