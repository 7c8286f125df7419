using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Settings;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cpf.Ml.Worker;

/// <summary>Whether the partitions keep up with what is sent.</summary>
internal sealed class QueueCheck(IngestQueue queue, IngestSettings ingest) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        var waiting = queue.Waiting;
        var room = ingest.Partitions * ingest.QueueLength;
        var result = waiting < room
            ? HealthCheckResult.Healthy($"{waiting} of {room} batches wait.")
            : HealthCheckResult.Unhealthy(
                $"All {room} places of the queue are taken: senders are told to come back later.");
        return Task.FromResult(result);
    }
}
