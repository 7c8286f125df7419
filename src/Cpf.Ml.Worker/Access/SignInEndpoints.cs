using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;

namespace Cpf.Ml.Worker.Access;

/// <summary>The form posts of the sign-in page: <c>name</c>, <c>password</c>, <c>returnUrl</c> and the antiforgery
/// token.</summary>
internal static class SignInEndpoints
{
    extension(WebApplication app)
    {
        public void MapSignIn()
        {
            // Before the console's page of the same address, which answers GET.
            app.MapPost("/sign-in", SignInAsync)
                .RequireRateLimiting(AccessLimits.SignIn).ExcludeFromDescription().WithOrder(-1);
            app.MapPost("/sign-out", SignOutAsync).ExcludeFromDescription().WithOrder(-1);
        }
    }

    private static async Task<IResult> SignInAsync(HttpContext context, IAntiforgery antiforgery, Accounts accounts)
    {
        if (!context.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(context))
        {
            return Back("expired", "");
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var returnUrl = Local(form["returnUrl"]);
        var account = await accounts.VerifyAsync(
            Actor.Claiming(form["name"].ToString(), context), form["password"].ToString(), context.RequestAborted);
        if (account is null)
        {
            return Back("credentials", returnUrl);
        }

        await context.SignInAsync(
            SessionCookie.Scheme, account.ToPrincipal(), new AuthenticationProperties { IsPersistent = true });
        return Results.LocalRedirect(returnUrl.Length > 0 ? returnUrl : "/");
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery, AuditLog audit)
    {
        // Without the token another site could end the session; nothing worse, so the person simply stays signed in.
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Results.LocalRedirect("/");
        }

        if (context.User.Identity is { IsAuthenticated: true })
        {
            await audit.RecordAsync(
                Actor.Of(context.User), "sign-out", context.User.ActorName, null, null, context.RequestAborted);
        }

        await context.SignOutAsync(SessionCookie.Scheme);
        return Results.LocalRedirect("/sign-in");
    }

    /// <param name="error"><c>credentials</c>, <c>expired</c> (the form) or <c>rate</c> (too many attempts).</param>
    private static IResult Back(string error, string returnUrl) => Results.LocalRedirect(
        $"/sign-in?error={error}" + (returnUrl.Length > 0 ? $"&returnUrl={Uri.EscapeDataString(returnUrl)}" : ""));

    /// <summary>Only a path of this site: a link must not lead elsewhere after the password is typed.</summary>
    private static string Local(string? url) =>
        url is ['/', ..]
            && !url.StartsWith("//", StringComparison.Ordinal) && !url.Contains('\\', StringComparison.Ordinal)
        && !url.Any(char.IsControl)
            ? url
            : "";
}
