using System.Data.Common;
using System.Threading.Channels;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>The scoring loops, one per partition: score a batch, commit what it raised, then acknowledge it.</summary>
internal sealed class PartitionWorker(
    IngestQueue queue,
    Partitions partitions,
    Checkpoints checkpoints,
    AlertContext context,
    AlertPipeline pipeline,
    ConfigurationHistory configuration,
    TransactionsMetrics metrics,
    TimeProvider time,
    ILogger<PartitionWorker> log) : BackgroundService
{
    /// <summary>Batches scored together: their alerts share a transaction.</summary>
    private const int MaxBatches = 32;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await pipeline.ProcessAsync(await checkpoints.RestoreAsync(cancellationToken), cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Ends when the queue is closed and empty: what was accepted is scored before the last
    /// checkpoint.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Close();
        if (ExecuteTask is { } running)
        {
            await running.WaitAsync(cancellationToken);
        }

        await base.StopAsync(cancellationToken);
        await checkpoints.SaveAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, queue.Partitions).Select(number => Task.Run(
            () => RunAsync(partitions[number], queue.Reader(number)), CancellationToken.None)));

    private async Task RunAsync(Partition partition, ChannelReader<PartitionBatch> reader)
    {
        var batches = new List<PartitionBatch>(MaxBatches);
        var changes = new List<AlertChange>();
        while (await reader.WaitToReadAsync(CancellationToken.None))
        {
            batches.Clear();
            changes.Clear();
            while (batches.Count < MaxBatches && reader.TryRead(out var batch))
            {
                batches.Add(batch);
            }

            await partition.Gate.WaitAsync(CancellationToken.None);
            try
            {
                Score(partition, batches, changes);
                await CommitAsync(changes);
                await RecordAsync(partition.KindChanges);
                batches.ForEach(batch => batch.Complete());
            }
#pragma warning disable CA1031 // A fault in one batch is reported to its senders; the other series go on.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.BatchFailed(log, exception);
                batches.ForEach(batch => batch.Fail(exception));
            }
            finally
            {
                partition.Gate.Release();
            }
        }
    }

    private void Score(Partition partition, List<PartitionBatch> batches, List<AlertChange> changes)
    {
        foreach (var batch in batches)
        {
            var scored = 0;
            foreach (var sample in batch.Samples)
            {
                if (Score(partition, batch.Source, sample, changes) is { } reason)
                {
                    batch.Reject(reason);
                    metrics.PointsLate.Inc(reason is Rejection.Late or Rejection.Duplicate ? 1 : 0);
                }
                else
                {
                    scored++;
                }
            }

            metrics.PointsScored.Inc(scored);
        }
    }

    private Rejection? Score(Partition partition, string source, in Sample sample, List<AlertChange> changes)
    {
        try
        {
            return partition.Score(source, sample, changes);
        }
#pragma warning disable CA1031 // A sender would repeat the sample for ever, and hold up all that comes after it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            metrics.PointsFailed.Inc();
            Log.SampleFailed(log, sample.Series.Identity.Key, sample.Timestamp, exception);
            return null;
        }
    }

    /// <summary>A change of a series that is only in the log is bad, but no reason to hold up its points.</summary>
    private async Task RecordAsync(List<KindChange> changes)
    {
        foreach (var change in changes)
        {
            Log.DetectorRestarted(log, change.Series, change.Before.ToString(), change.After.ToString());
            try
            {
                await configuration.RecordAsync(change, CancellationToken.None);
            }
            catch (DbException exception)
            {
                Log.ChangeNotRecorded(log, change.Series, exception);
            }
        }

        changes.Clear();
    }

    /// <summary>Alerts are committed before anything is acknowledged: while the store is down, senders
    /// wait.</summary>
    private async Task CommitAsync(List<AlertChange> changes)
    {
        if (changes.Count == 0)
        {
            return;
        }

        IReadOnlyList<AlertChange>? complete = null;
        while (true)
        {
            try
            {
                complete ??= await context.CompleteAsync(changes, CancellationToken.None);
                await pipeline.ProcessAsync(complete, CancellationToken.None);
                return;
            }
#pragma warning disable CA1031 // Whatever the reason, giving up would lose the alerts.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                metrics.CommitFailures.Inc();
                Log.CommitFailed(log, changes.Count, exception);
                await Task.Delay(RetryAfter, time, CancellationToken.None);
            }
        }
    }
}
