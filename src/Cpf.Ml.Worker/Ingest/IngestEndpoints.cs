using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Ingest.Ndjson;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.RemoteWrite;
using Cpf.Ml.Worker.Ingest.Transactions;
using Microsoft.OpenApi;

namespace Cpf.Ml.Worker.Ingest;

internal static class IngestEndpoints
{
    private const string RetryAfterSeconds = "5";

    extension(IEndpointRouteBuilder app)
    {
        public IEndpointRouteBuilder MapIngest()
        {
            var group = app.MapGroup("/api/v1")
                .RequireAuthorization(Scopes.Ingest).WithTags("Ingest").AddEndpointFilter(AskToComeBackAsync);
            group.MapPost("/write", (RemoteWriteEndpoint endpoint, HttpContext context) => endpoint.PostAsync(context))
                .WithName("RemoteWrite").WithSummary("Prometheus remote_write 1.0")
                .AcceptsBody("application/x-protobuf", "prometheus.WriteRequest, protobuf in a snappy block")
                .Produces(StatusCodes.Status204NoContent)
                .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
                .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
                .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
            group.MapPost("/metrics", (MetricsEndpoint endpoint, HttpContext context) => endpoint.PostAsync(context))
                .WithName("PostMetrics").WithSummary("Points, one JSON object a line")
                .AcceptsBody("application/x-ndjson", "Lines, optionally with Content-Encoding gzip",
                    """{"series":"queue_depth","labels":{"service":"dossiers"}"""
                        + ""","timestamp":"2026-03-02T10:15:00Z","value":12}""")
                .Produces<MetricsAnswer>()
                .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
                .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
                .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
                .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
            group.MapPost(
                "/transactions", (TransactionsEndpoint endpoint, HttpContext context) => endpoint.PostAsync(context))
                .WithName("PostTransactions").WithSummary("Platform transactions, one JSON object a line")
                .AcceptsBody("application/x-ndjson",
                    "Lines, optionally with Content-Encoding gzip; Idempotency-Key identifies a repeated request",
                    """{"operation":"purchase","start":"2026-03-02T10:15:00.120Z","duration":1.24"""
                        + ""","outcome":"ok","channel":"web","id":"7f3a"}""")
                .Produces<TransactionsAnswer>()
                .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
                .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
                .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
                .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
            return app;
        }
    }

    extension(RouteHandlerBuilder endpoint)
    {
        /// <summary>Describes a body that is read as a stream. Another content type is refused by the endpoint itself,
        /// with a message.</summary>
        private RouteHandlerBuilder AcceptsBody(string contentType, string description, string? example = null) =>
            endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
            {
                operation.RequestBody = new OpenApiRequestBody
                {
                    Required = true,
                    Description = description,
                    Content = new Dictionary<string, OpenApiMediaType>
                    {
                        [contentType] =
                            new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = example },
                    },
                };
                return Task.CompletedTask;
            });
    }

    private static async ValueTask<object?> AskToComeBackAsync(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (OverloadedException reason)
        {
            context.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
            return TypedResults.Problem(
                reason.Message, statusCode: StatusCodes.Status503ServiceUnavailable, title: "Busy");
        }
    }
}
