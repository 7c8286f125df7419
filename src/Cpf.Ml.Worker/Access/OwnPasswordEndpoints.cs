using System.Security.Claims;
using Cpf.Ml.Worker.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cpf.Ml.Worker.Access;

/// <summary>People change their own password: by the form of the page <c>/account</c>, or by the API.</summary>
internal static class OwnPasswordEndpoints
{
    extension(WebApplication app)
    {
        public void MapOwnPassword()
        {
            // Before the console's page of the same address, which answers GET.
            app.MapPost("/account", PostFormAsync).RequireAuthorization().RequireRateLimiting(AccessLimits.SignIn)
                .ExcludeFromDescription().WithOrder(-1);
            app.MapPost("/api/v1/account/password", PostAsync)
                .RequireAuthorization(Scopes.Read).RequireRateLimiting(AccessLimits.SignIn)
                .WithTags("Accounts").WithSummary("Change your own password. All your sessions end; sign in again.");
        }
    }

    private static async Task<NoContent> PostAsync(
        OwnPassword body, ClaimsPrincipal user, Accounts accounts, CancellationToken cancellationToken)
    {
        await accounts.ChangeOwnPasswordAsync(Actor.Of(user), body.Current, body.Password, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> PostFormAsync(HttpContext context, IAntiforgery antiforgery, Accounts accounts)
    {
        if (!context.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(context))
        {
            return Results.LocalRedirect("/account?said=expired");
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form["password"] != form["repeated"])
        {
            return Results.LocalRedirect("/account?said=different");
        }

        try
        {
            var account = await accounts.ChangeOwnPasswordAsync(
                Actor.Of(context.User),
                form["current"].ToString(), form["password"].ToString(), context.RequestAborted);

            // The change ends every session; the current one continues under the new password.
            await context.SignInAsync(
                SessionCookie.Scheme, account.ToPrincipal(), new AuthenticationProperties { IsPersistent = true });
            return Results.LocalRedirect("/account?said=changed");
        }
        catch (RefusedException refused)
        {
            // A code, not the text: a link must not be able to choose what the page says.
            return Results.LocalRedirect(
                refused.Status == StatusCodes.Status403Forbidden ? "/account?said=wrong" : "/account?said=unfit");
        }
    }
}

/// <param name="Current">The current password.</param>
/// <param name="Password">12 to 200 characters.</param>
internal sealed record OwnPassword(string Current, string Password);
