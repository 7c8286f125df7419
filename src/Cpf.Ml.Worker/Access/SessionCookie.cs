using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Cpf.Ml.Worker.Access;

/// <summary>The session of a signed-in person. Each request checks in the store that it is still valid.</summary>
internal static class SessionCookie
{
    public const string Scheme = "Session";

    public static void Configure(CookieAuthenticationOptions options, AccessSettings settings, Accounts accounts)
    {
        options.Cookie.Name = "cpf-ml-session";
        options.Cookie.HttpOnly = true;

        // Lax, not Strict: a link to an incident in a message must find the session; no foreign site can post with it.
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = settings.SessionLength;
        options.SlidingExpiration = true;
        options.LoginPath = "/sign-in";
        options.AccessDeniedPath = "/no-right";
        options.ReturnUrlParameter = "returnUrl";
        options.Events.OnValidatePrincipal = context => ValidateAsync(context, accounts);
        options.Events.OnRedirectToLogin = context => Redirect(context, StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = context => Redirect(context, StatusCodes.Status403Forbidden);
    }

    /// <summary>Reloads the account: a new role applies immediately; a disabled account or a new password ends the
    /// session.</summary>
    private static async Task ValidateAsync(CookieValidatePrincipalContext context, Accounts accounts)
    {
        var old = context.Principal!;
        var account = await accounts.FindAsync(old.ActorName, context.HttpContext.RequestAborted);
        if (account is null || account.DisabledAt is not null)
        {
            context.RejectPrincipal();
            return;
        }

        var user = account.ToPrincipal();
        if (user.FindFirstValue(AccessClaims.Stamp) != old.FindFirstValue(AccessClaims.Stamp))
        {
            context.RejectPrincipal();
            return;
        }

        ((ClaimsIdentity)user.Identity!).AddClaim(new Claim(Actor.SourceClaim, Actor.SourceOf(context.HttpContext)));
        context.ReplacePrincipal(user);
    }

    /// <summary>A browser is redirected to a page; a program gets the status.</summary>
    private static Task Redirect(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (context.Request.Path.StartsWithSegments("/api"))
        {
            context.Response.StatusCode = status;
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }

        return Task.CompletedTask;
    }
}
