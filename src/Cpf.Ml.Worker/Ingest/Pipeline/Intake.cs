using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Ingest.Settings;

namespace Cpf.Ml.Worker.Ingest.Pipeline;

/// <summary>Entry point of all sources: validates samples, submits them to the partitions and counts them.
/// Thread-safe.</summary>
internal sealed class Intake(IngestQueue queue,
    SingleTransactions transactions, SeriesCatalog catalog, IngestSettings settings, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>A batch for live samples: those too far ahead of the clock are refused.</summary>
    public IntakeBatch Batch() =>
        new(catalog, (time.GetUtcNow() + settings.FutureTolerance).ToUnixTimeMilliseconds());

    /// <summary>Like <see cref="SubmitAsync"/>, for sources without a sender who could retry: repeats until there is
    /// room.</summary>
    public async Task SubmitWithRetryAsync(IntakeBatch batch, IngestSource source, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await SubmitAsync(batch, source, cancellationToken);
                return;
            }
            catch (OverloadedException)
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    /// <summary>Completes when every sample is scored and its alerts are committed; counts at the source.</summary>
    /// <exception cref="OverloadedException">No room, or not scored, within <see cref="IngestSettings.Patience"/>.
    /// Sending again is safe.</exception>
    public async Task SubmitAsync(IntakeBatch batch, IngestSource source, CancellationToken cancellationToken)
    {
        var accepted = await ScoreAsync(batch, source, cancellationToken);
        if (accepted > 0)
        {
            source.Accept(accepted, batch.Newest);
        }
    }

    /// <summary>Like <see cref="SubmitAsync"/>, for a source whose accepted count is not in samples.</summary>
    /// <returns>Number of accepted samples; the others are counted at the source.</returns>
    /// <exception cref="OverloadedException">As there.</exception>
    public async Task<int> ScoreAsync(IntakeBatch batch, IngestSource source, CancellationToken cancellationToken)
    {
        var unscored = batch.Samples.Count > 0 ? await QueueAsync(batch, source, cancellationToken) : [];
        transactions.Offer(batch.Minutes);
        for (var reason = 0; reason < batch.Rejected.Length; reason++)
        {
            var rejected = batch.Rejected[reason] + (unscored.Length > 0 ? unscored[reason] : 0);
            if (rejected > 0)
            {
                source.Reject((Rejection)reason, rejected);
            }
        }

        return batch.Samples.Count - unscored.Sum();
    }

    private async Task<int[]> QueueAsync(IntakeBatch batch, IngestSource source, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(settings.Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await queue.SubmitAsync(source.Name, batch.Samples, either.Token);
        }
        catch (Exception reason) when (!cancellationToken.IsCancellationRequested)
        {
            source.Fail(patience.IsCancellationRequested
                ? $"{batch.Samples.Count} samples were not scored within {settings.Patience.TotalSeconds:0} s; the "
                    + $"sender was asked to retry."
                : $"{batch.Samples.Count} samples could not be scored: {reason.Message}");
            throw new OverloadedException(reason);
        }
    }
}

/// <summary>The data are valid but cannot be accepted now.</summary>
internal sealed class OverloadedException(
    Exception inner) : Exception("The service is busy; send the same data again.", inner);
