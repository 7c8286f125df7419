using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Ingest.Ndjson;
using Cpf.Ml.Worker.Ingest.RemoteWrite;
using Cpf.Ml.Worker.Ingest.Transactions;

namespace Cpf.Ml.Worker.Ingest;

internal static class IngestEndpoints
{
    private const string RetryAfterSeconds = "5";

    extension(IEndpointRouteBuilder app)
    {
        public IEndpointRouteBuilder MapIngest()
        {
            var group = app.MapGroup("/api/v1").RequireAuthorization(Scopes.Ingest).WithTags("Ingest").AddEndpointFilter(AskToComeBackAsync);
            group.MapPost("/write", (RemoteWriteEndpoint endpoint, HttpContext context) => endpoint.PostAsync(context))
                .WithName("RemoteWrite").WithSummary("Prometheus remote_write 1.0")
                .Produces(StatusCodes.Status204NoContent)
                .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
                .ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
            group.MapPost("/metrics", (MetricsEndpoint endpoint, HttpContext context) => endpoint.PostAsync(context))
                .WithName("PostMetrics").WithSummary("Points, one JSON object a line")
                .Produces<MetricsAnswer>()
                .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
                .ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
                .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
            group.MapPost("/transactions", (TransactionsEndpoint endpoint, HttpContext context) => endpoint.PostAsync(context))
                .WithName("PostTransactions").WithSummary("Platform transactions, one JSON object a line")
                .Produces<TransactionsAnswer>()
                .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
                .ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
            return app;
        }
    }

    private static async ValueTask<object?> AskToComeBackAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (OverloadedException reason)
        {
            context.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
            return TypedResults.Problem(reason.Message, statusCode: StatusCodes.Status503ServiceUnavailable, title: "Busy");
        }
    }
}
