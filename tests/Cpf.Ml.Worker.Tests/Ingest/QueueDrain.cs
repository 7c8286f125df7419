using Cpf.Ml.Worker.Ingest.Series;
using System.Collections.Concurrent;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Microsoft.Extensions.Hosting;

namespace Cpf.Ml.Worker.Tests.Ingest;

/// <summary>
/// Stands where the partitions stand: remembers every sample and says that it is scored; a clean stop ends with a
/// checkpoint.
/// </summary>
internal sealed class QueueDrain(IngestQueue queue, SourceOffsets places) : BackgroundService
{
    private readonly ConcurrentQueue<Sample> _samples = new();
    private readonly SemaphoreSlim _arrived = new(0);

    public IReadOnlyList<Sample> Samples => [.. _samples];

    /// <summary>Set to make every batch fail with it.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Waits until the samples received so far fulfil the condition.</summary>
    public async Task<IReadOnlyList<Sample>> UntilAsync(Func<IReadOnlyList<Sample>, bool> condition, TimeSpan deadline)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(deadline);
        while (!condition(Samples))
        {
            await _arrived.WaitAsync(limit.Token);
        }

        return Samples;
    }

    /// <summary>As if the detectors' states had been written down.</summary>
    public Task CheckpointAsync() => places.SaveAsync(places.Reached(), CancellationToken.None);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await CheckpointAsync();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, queue.Partitions).Select(partition => DrainAsync(partition, stoppingToken)));

    private async Task DrainAsync(int partition, CancellationToken stoppingToken)
    {
        await foreach (var batch in queue.Reader(partition).ReadAllAsync(stoppingToken))
        {
            if (Failure is { } failure)
            {
                batch.Fail(failure);
                continue;
            }

            batch.Samples.ForEach(_samples.Enqueue);
            batch.Complete();
            _arrived.Release();
        }
    }
}
