using Cpf.Ml.Worker.Ingest.Pipeline;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cpf.Ml.Worker.Ingest;

/// <summary>Names the failing sources. A source that is down is no reason to restart this service, so it only degrades
/// its health.</summary>
/// <remarks>Open to everybody: the reasons, which contain addresses of other systems, are on the console's page of
/// sources.</remarks>
internal sealed class IngestCheck(IngestHealth health) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var failing = health.Snapshot().Where(source => source.FailingSince is not null)
            .Select(source => $"{source.Name} since {source.FailingSince:O}")
            .ToList();
        return Task.FromResult(
            failing.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(string.Join("; ", failing)));
    }
}
