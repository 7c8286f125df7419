using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Alerts;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Forgets series that are gone for good: their place, memory and state. Their alerts close, their points stay
/// as long as any.</summary>
internal sealed class Retirement(
    Partitions partitions,
    SeriesStateStore store,
    SilenceJudge judge,
    AlertPipeline pipeline,
    TransactionsSettings settings,
    TimeProvider time,
    ILogger<Retirement> log)
{
    /// <summary>Series a transaction; their partition waits for it.</summary>
    private const int ChunkSize = 256;
    private const int Intervals = 3;

    /// <summary>Whatever the wall clock says: after a long stop, or when it is set, senders have this long.</summary>
    private static readonly TimeSpan MinAbsence = TimeSpan.FromHours(1);

    private DateTimeOffset _tidied;

    /// <exception cref="System.Data.Common.DbException">The store cannot be written; what is left is forgotten next
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

        if (now - _tidied >= MinAbsence)
        {
            await store.ForgetNamesAsync(cancellationToken);
            _tidied = now;
        }
    }

    private async Task<int> RetireAsync(Partition partition, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await partition.Gate.WaitAsync(cancellationToken);
        try
        {
            var gone = partition.Series.Where(series => IsGone(series, now)).Take(ChunkSize).ToList();
            if (gone.Count == 0)
            {
                return 0;
            }

            await pipeline.ProcessAsync(
                [.. gone.Select(Ending).OfType<AlertChange>()],
                cancellationToken);
            await store.ForgetAsync([.. gone.Select(series => series.Entry.Identity.Id)], cancellationToken);
            gone.ForEach(partition.Retire);
            Log.Retired(log, gone.Count, gone[0].Entry.Identity.Key);
            return gone.Count;
        }
        finally
        {
            partition.Gate.Release();
        }
    }

    /// <summary>Its alert ends with its last point: a series that was played lived at another time than this
    /// clock.</summary>
    private static AlertChange? Ending(WatchedSeries series)
    {
        if (series.Known is not { } open)
        {
            return null;
        }

        var last = DateTimeOffset.FromUnixTimeMilliseconds(
            Math.Max(series.LastTimestamp, open.UpdatedAt.ToUnixTimeMilliseconds()));
        return new AlertChange(AlertTransition.Close, open with { UpdatedAt = last, ClosedAt = last });
    }

    private bool IsGone(WatchedSeries series, DateTimeOffset now)
    {
        var absent = now - DateTimeOffset.FromUnixTimeMilliseconds(series.ReceivedAt);
        return absent > settings.RetireAfter
            && absent > Intervals * series.Interval && judge.Absent(series) > MinAbsence;
    }
}
