using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Mvc;
using Prometheus;
using Problems = Cpf.Ml.Worker.Hosting.Problems;

namespace Cpf.Ml.Worker.Access;

/// <summary>Reports to a program why it was refused: no token, an invalid token and why, or a missing scope. Counted by
/// reason.</summary>
/// <remarks>Reference: RFC 6750, <i>Bearer token usage</i>, section 3.1.</remarks>
internal sealed class AccessRefusals(
    IProblemDetailsService problems, IMetricFactory metrics) : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _console = new();
    private readonly Counter _refused = metrics.CreateCounter(
        "cpfml_access_refused_total", "Requests of programs that were refused: missing, unknown, expired or revoked "
            + "credentials, or a scope.", ["reason"]);

    public async Task HandleAsync(RequestDelegate next,
        HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded || !Problems.IsForPrograms(context.Request.Path))
        {
            await _console.HandleAsync(next, context, policy, authorizeResult);
            return;
        }

        if (authorizeResult.Challenged)
        {
            await ChallengeAsync(context);
        }
        else
        {
            await ForbidAsync(context, policy);
        }
    }

    private async Task ChallengeAsync(HttpContext context)
    {
        var answer = await context.AuthenticateAsync();
        var reason = answer.Properties?.GetString(TokenAuthentication.Reason) ?? "missing";
        _refused.WithLabels(reason).Inc();
        context.Response.Headers.WWWAuthenticate = reason == "missing"
            ? TokenAuthentication.Scheme
            : $"{TokenAuthentication.Scheme} error=\"invalid_token\", error_description=\"The token is {reason}.\"";
        await WriteAsync(context, StatusCodes.Status401Unauthorized, reason == "missing"
            ? "The request has no credentials. Send a token of this service: Authorization: Bearer cpfml_…"
            : $"The token is {reason}. An administrator creates tokens in the console, under Tokens.");
    }

    private async Task ForbidAsync(HttpContext context, AuthorizationPolicy policy)
    {
        var wanted = string.Join(" ", policy.Requirements.OfType<ClaimsAuthorizationRequirement>()
            .Where(requirement => requirement.ClaimType == AccessClaims.Scope)
            .SelectMany(requirement => requirement.AllowedValues ?? []));
        var held = string.Join(" ", context.User.FindAll(AccessClaims.Scope).Select(claim => claim.Value));
        _refused.WithLabels("scope").Inc();
        context.Response.Headers.WWWAuthenticate =
            $"{TokenAuthentication.Scheme} error=\"insufficient_scope\", scope=\"{wanted}\"";
        await WriteAsync(
            context,
            StatusCodes.Status403Forbidden,
            $"This requires the scope {wanted}; "
                + $"{context.User.Identity?.Name} has {(held.Length == 0 ? "none" : held)}.");
    }

    private async Task WriteAsync(HttpContext context, int status, string detail)
    {
        context.Response.StatusCode = status;
        await problems.WriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = new ProblemDetails { Status = status, Detail = detail },
        });
    }
}
