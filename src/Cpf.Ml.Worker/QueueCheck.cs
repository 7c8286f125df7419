using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Settings;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cpf.Ml.Worker;

/// <summary>Health check: whether the partitions keep up with ingestion.</summary>
internal sealed class QueueCheck(IngestQueue queue, IngestSettings ingest) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        var waiting = queue.Waiting;
        var room = ingest.Partitions * ingest.QueueLength;
        var result = waiting < room
            ? HealthCheckResult.Healthy($"{waiting} of {room} batches wait.")
            : HealthCheckResult.Unhealthy(
                $"The queue is full ({room} batches): senders are asked to retry later.");
        return Task.FromResult(result);
    }
}
