using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Alerts;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Retires series that are gone for good: their room in the catalog, memory and stored state are freed. Their
/// alerts close, their points stay as long as any.</summary>
internal sealed class Retirement(
    Partitions partitions,
    SeriesStateStore store,
    SilenceJudge judge,
    AlertPipeline pipeline,
    TransactionsSettings settings,
    TimeProvider time,
    ILogger<Retirement> log)
{
    /// <summary>Series per transaction; their partition waits for it.</summary>
    private const int ChunkSize = 256;
    private const int Intervals = 3;

    /// <summary>Whatever the wall clock says: after a long stop, or a clock change, senders have this long.</summary>
    private static readonly TimeSpan MinAbsence = TimeSpan.FromHours(1);

    private DateTimeOffset _namesForgottenAt;

    /// <exception cref="System.Data.Common.DbException">The store cannot be written; the rest is retired next
    /// time.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var partition in partitions.All)
        {
            while (await RetireAsync(partition, now, cancellationToken) == ChunkSize)
            {
            }
        }

        if (now - _namesForgottenAt >= MinAbsence)
        {
            await store.ForgetNamesAsync(cancellationToken);
            _namesForgottenAt = now;
        }
    }

    private async Task<int> RetireAsync(Partition partition, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await partition.Gate.WaitAsync(cancellationToken);
        try
        {
            var gone = partition.States.Where(state => IsGone(state, now)).Take(ChunkSize).ToList();
            if (gone.Count == 0)
            {
                return 0;
            }

            await pipeline.ProcessAsync(
                [.. gone.Select(Ending).OfType<AlertChange>()],
                cancellationToken);
            await store.ForgetAsync([.. gone.Select(state => state.Identity.Id)], cancellationToken);
            gone.ForEach(partition.Retire);
            Log.Retired(log, gone.Count, gone[0].Identity.Key);
            return gone.Count;
        }
        finally
        {
            partition.Gate.Release();
        }
    }

    /// <summary>Its alert ends with its last point: a replayed series lives at another time than this
    /// clock.</summary>
    private static AlertChange? Ending(SeriesState state)
    {
        if (state.Known is not { } open)
        {
            return null;
        }

        var last = DateTimeOffset.FromUnixTimeMilliseconds(
            Math.Max(state.LastTimestamp, open.UpdatedAt.ToUnixTimeMilliseconds()));
        return new AlertChange(AlertTransition.Close, open with { UpdatedAt = last, ClosedAt = last });
    }

    private bool IsGone(SeriesState state, DateTimeOffset now)
    {
        var absent = now - DateTimeOffset.FromUnixTimeMilliseconds(state.ReceivedAt);
        return absent > settings.RetireAfter
            && absent > Intervals * state.Interval && judge.Absent(state) > MinAbsence;
    }
}
