using System.Diagnostics;
using System.Security.Claims;

namespace Cpf.Ml.Worker.Access;

/// <summary>Who does something, and from where, as the audit log and the timelines keep it.</summary>
/// <param name="Name">Account name, <c>token:</c> and the token's name, or <c>system</c>.</param>
/// <param name="Source">Remote address; empty for the service itself.</param>
/// <param name="Trace">Trace id of the request; empty outside one.</param>
internal sealed record Actor(string Name, string Source, string Trace)
{
    /// <summary>Claim that carries the remote address into Blazor circuits, where no request is at hand.</summary>
    public const string SourceClaim = "source";

    /// <summary>The service itself.</summary>
    public static Actor System { get; } = new("system", "", "");

    /// <summary>The signed-in person or token.</summary>
    public static Actor Of(ClaimsPrincipal user) =>
        new(user.ActorName, user.FindFirstValue(SourceClaim) ?? "", CurrentTrace);

    /// <summary>Somebody who is not signed in.</summary>
    public static Actor Claiming(string name, HttpContext context) => new(name, SourceOf(context), CurrentTrace);

    public static string SourceOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";

    private static string CurrentTrace => Activity.Current?.TraceId.ToHexString() ?? "";
}
