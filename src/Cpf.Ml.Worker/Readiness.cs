using System.Text.Json;
using Cpf.Ml.Worker.Hosting;
using Cpf.Ml.Worker.Storage;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cpf.Ml.Worker;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can do its work, with reasons. Other parts add
/// their own with <c>services.AddHealthChecks().AddCheck&lt;T&gt;(name)</c>.
/// </summary>
internal static class Readiness
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    extension(IServiceCollection services)
    {
        public void AddReadiness() => services.AddHealthChecks()
            .AddCheck<DatabaseCheck>("database", timeout: TimeSpan.FromSeconds(5))
            .AddCheck<QueueCheck>("ingest-queue");
    }

    extension(WebApplication app)
    {
        public void MapReadiness()
        {
            var live = new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync };
            var ready = new HealthCheckOptions { ResponseWriter = WriteAsync };
            app.MapHealthChecks("/health/live", live);
            app.MapHealthChecks("/-/healthy", live);
            app.MapHealthChecks("/health/ready", ready);
            app.MapHealthChecks("/-/ready", ready);
        }
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(
            context.Response.Body,
            new
            {
                Status = Name(report.Status),
                Version = ProgramVersion.Text,
                Checks = report.Entries.ToDictionary(
                    entry => entry.Key,
                    entry => new { Status = Name(entry.Value.Status), Reason = entry.Value.Description }),
            },
            Json,
            context.RequestAborted);
    }

    private static string Name(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "ok",
        HealthStatus.Degraded => "degraded",
        _ => "failed",
    };

    private sealed class DatabaseCheck(Database database, Migrations migrations) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context, CancellationToken cancellationToken)
        {
            var engine = database.IsPostgres ? "PostgreSQL" : "SQLite";
            try
            {
                var version = await migrations.FindVersionAsync(cancellationToken);
                return version == migrations.Newest
                    ? HealthCheckResult.Healthy($"{engine}, schema {version}.")
                    : HealthCheckResult.Unhealthy(
                        $"{engine} has schema {version}, this program needs schema {migrations.Newest}: restart it.");
            }
            catch (Exception exception)
                when (exception is System.Data.Common.DbException or OperationCanceledException or TimeoutException)
            {
                // The driver's message may hold the connection string, which callers must not see.
                return HealthCheckResult.Unhealthy(
                    $"{engine} does not answer ({exception.GetType().Name}).", exception);
            }
        }
    }
}
