using System.Data.Common;
using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Cpf.Ml.Worker.Hosting;

/// <summary>Reports every refusal and failure of the API as an RFC 9457 problem with the trace id of the log.</summary>
internal static partial class Problems
{
    extension(IServiceCollection services)
    {
        public void AddProblems()
        {
            services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
            {
                context.ProblemDetails.Instance = context.HttpContext.Request.Path;
                context.ProblemDetails.Detail ??= Explain(context.HttpContext, context.ProblemDetails.Status);
                context.ProblemDetails.Extensions["traceId"] = TraceOf(context.HttpContext);
            });
            services.AddExceptionHandler<ExceptionAnswer>();
            services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        }
    }

    extension(WebApplication app)
    {
        public void UseProblems()
        {
            app.UseExceptionHandler(new ExceptionHandlerOptions
            {
                ExceptionHandler = WriteFailedPageAsync,
                SuppressDiagnosticsCallback =
                    context => context.Exception is RefusedException or BadHttpRequestException,
            });

            // Pages of the console have their own words for what is missing or forbidden.
            app.UseWhen(context => IsForPrograms(context.Request.Path), branch => branch.UseStatusCodePages());
        }
    }

    /// <summary>Whether the caller is a program, which reads problems, rather than a browser, which shows
    /// pages.</summary>
    public static bool IsForPrograms(PathString path) =>
        path.StartsWithSegments("/api") || path.StartsWithSegments("/health") || path.StartsWithSegments("/metrics")
        || path.StartsWithSegments("/openapi");

    /// <summary>Why no endpoint answered.</summary>
    private static string? Explain(HttpContext context, int? status) => status switch
    {
        StatusCodes.Status404NotFound =>
            $"There is nothing to {context.Request.Method} at {context.Request.Path}. /scalar lists what there is.",
        StatusCodes.Status405MethodNotAllowed =>
            $"There is no {context.Request.Method} at {context.Request.Path}. /scalar lists what there is.",
        StatusCodes.Status415UnsupportedMediaType =>
            $"Content-Type must be application/json, was \"{context.Request.ContentType}\".",
        _ => null,
    };

    private static string TraceOf(HttpContext context) =>
        Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;

    /// <summary>Error page of the console, with the trace id to quote.</summary>
    private static Task WriteFailedPageAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(
            $"""
            <!doctype html><html lang="fr"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>Page indisponible · Cpf.Ml</title>
            <main><h1>Cette page n’a pas pu être affichée</h1>
            <p>Le service a rencontré une erreur qui a été consignée. Rechargez la page ; si cela se répète, transmettez
            ce numéro à l’administrateur : <code>{TraceOf(context)}</code></p>
            <p lang="en">This page could not be shown. The error is logged; reload, or give the number above to the
            administrator.</p>
            <p><a href="/">Retour à l’accueil</a></p></main></html>
            """,
            context.RequestAborted);
    }

    private sealed class ExceptionAnswer(IProblemDetailsService problems) : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(
            HttpContext context, Exception exception, CancellationToken cancellationToken)
        {
            if (exception is OperationCanceledException && context.RequestAborted.IsCancellationRequested)
            {
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
                return true;
            }

            if (!IsForPrograms(context.Request.Path))
            {
                return false;
            }

            var (status, detail) = exception switch
            {
                RefusedException refusal => (refusal.Status, refusal.Message),
                BadHttpRequestException bad => (bad.StatusCode, Say(bad)),
                DbException { IsTransient: true } =>
                    (503, "The store cannot be reached now; nothing was changed. Send the request again."),
                _ => (500, "The service failed; the error is logged under the trace id. Nothing is known to be wrong "
                    + "with the request."),
            };
            context.Response.StatusCode = status;
            if (status == StatusCodes.Status503ServiceUnavailable)
            {
                context.Response.Headers.RetryAfter = "1";
            }

            return await problems.TryWriteAsync(new ProblemDetailsContext
            {
                HttpContext = context,
                ProblemDetails = new ProblemDetails { Status = status, Detail = detail },
            });
        }

        private static string Say(BadHttpRequestException bad) =>
            bad.InnerException is JsonException json ? $"The body is not what is asked for. {JsonFault.Describe(json)}"
            : bad.Message.StartsWith("Implicit body inferred", StringComparison.Ordinal) ? "The body is missing."
            : Unbound().Match(bad.Message) is { Success: true } unbound
                ? $"{JsonNamingPolicy.CamelCase.ConvertName(unbound.Groups[2].Value)} cannot be "
                    + $"\"{unbound.Groups[3].Value}\"."
            : bad.Message;
    }

    [GeneratedRegex("^Failed to bind parameter \"(.+) (\\w+)\" from \"(.*)\"\\.$", RegexOptions.Singleline)]
    private static partial Regex Unbound();
}
