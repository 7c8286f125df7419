using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Cpf.Ml.Worker.Access;

/// <summary><c>Authorization: Bearer cpfml_…</c></summary>
internal sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "Bearer";

    /// <summary>Name of the property of a failed authentication that says why: unknown, expired or revoked.</summary>
    public const string Reason = "reason";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme + " ", StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        var (user, why) = await tokens.AuthenticateAsync(header[(Scheme.Length + 1)..].Trim(), Context.RequestAborted);
        if (user is null)
        {
            var properties = new AuthenticationProperties();
            properties.SetString(Reason, why);
            return AuthenticateResult.Fail($"The token is {why}.", properties);
        }

        ((ClaimsIdentity)user.Identity!).AddClaim(new Claim(Actor.SourceClaim, Actor.SourceOf(Context)));
        return AuthenticateResult.Success(new AuthenticationTicket(user, Scheme));
    }
}
