using System.Buffers;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Transactions.Minutes;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Settings;

namespace Cpf.Ml.Worker.Ingest.Transactions;

/// <summary>Counts events so that every acknowledged event is counted exactly once, whatever happens to the process.
/// Thread-safe.</summary>
/// <remarks>
/// A request is written to the journal before it is counted, and deleted when a checkpoint contains the minutes of its
/// events. A start replays the journal. Minutes that may be incomplete, because the service was down for longer than
/// the grace period, are not reported.
/// </remarks>
internal sealed class TransactionCount(
    TransactionSettings settings, TransactionJournalStore journal,
    SourceOffsets offsets, TimeProvider time, ILogger<TransactionCount> log) : IDisposable
{
    private const string Name = "transactions";
    private const string HeartbeatName = "transactions-alive";

    /// <summary>How often a heartbeat is saved while some events are in the journal only.</summary>
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(5);

    /// <summary>Serialises operations: no minute closes between the journalling of a request and its
    /// counting.</summary>
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Requests that are counted, with the end of their last event.</summary>
    private readonly Dictionary<string, long> _requests = new(StringComparer.Ordinal);

    private TransactionAggregator _aggregator = null!;
    private DateTimeOffset _heartbeat;

    /// <summary>How often an event was refused because it would have opened a group beyond the limit.</summary>
    public long Refused { get; private set; }

    /// <summary>Operations, channels and regions that are counted.</summary>
    public int Groups => _aggregator.Groups;

    public Task StartAsync(CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            var now = time.GetUtcNow();
            _aggregator = await RestoreAsync(now, cancellationToken);
            await offsets.SaveAsync([new(Name, Offset())], cancellationToken);
            await SaveHeartbeatAsync(now, cancellationToken);
        },
        cancellationToken);

    /// <summary>Completes when the events are journalled. A request that was counted before is not counted
    /// again.</summary>
    /// <returns>The outcome of each event.</returns>
    /// <exception cref="System.Data.Common.DbException">Nothing was counted.</exception>
    public async Task<TransactionVerdict[]> AddAsync(TransactionRequest request, CancellationToken cancellationToken)
    {
        var verdicts = new TransactionVerdict[request.Events.Count];
        await InTurnAsync(
            async () =>
            {
                var entry = request.Entry(time.GetUtcNow());
                if (_requests.ContainsKey(entry.Id))
                {
                    Array.Fill(verdicts, TransactionVerdict.Duplicate);
                    return;
                }

                if (request.Events.Exists(transaction => _aggregator.IsOpen(transaction)))
                {
                    // It may be there already, from an attempt whose outcome is unknown.
                    await journal.AddAsync(entry, cancellationToken);
                    _requests[entry.Id] = entry.Until;
                }

                for (var i = 0; i < verdicts.Length; i++)
                {
                    verdicts[i] = _aggregator.Add(request.Events[i]);
                }

                Refused += verdicts.Count(verdict => verdict == TransactionVerdict.Limit);
            },
            cancellationToken);
        return verdicts;
    }

    /// <summary>Closes the minutes that ended before an instant, Unix milliseconds.</summary>
    /// <returns>Closed minutes that are not yet confirmed as scored.</returns>
    public async Task<IReadOnlyList<TransactionMinute>> CloseAsync(long until, CancellationToken cancellationToken)
    {
        IReadOnlyList<TransactionMinute> closed = [];
        await InTurnAsync(
            () =>
            {
                _aggregator.Close(until);
                closed = [.. _aggregator.Closed];
                return Task.CompletedTask;
            },
            cancellationToken);
        return closed;
    }

    /// <summary>Confirms that the oldest closed minutes are scored.</summary>
    public Task ConfirmAsync(int count, CancellationToken cancellationToken) => InTurnAsync(
        () =>
        {
            _aggregator.Acknowledge(count);
            offsets.Advance(Name, Offset());
            return Task.CompletedTask;
        },
        cancellationToken);

    /// <summary>Deletes from the journal what a checkpoint contains; while something is left, saves the
    /// heartbeat.</summary>
    public Task TrimJournalAsync(CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            // A clock that was set back makes minutes pending again that were past at the checkpoint.
            var known = Math.Min(_aggregator.FirstPending, BitConverter.ToInt64(offsets.Saved(Name)!));
            var old = _requests.Where(request => request.Value < known).Select(request => request.Key).ToList();
            if (old.Count > 0)
            {
                await journal.DeleteBeforeAsync(known, cancellationToken);
                old.ForEach(id => _requests.Remove(id));
            }

            var now = time.GetUtcNow();
            if (_requests.Count > 0 && (now - _heartbeat).Duration() >= HeartbeatInterval)
            {
                await SaveHeartbeatAsync(now, cancellationToken);
            }
        },
        cancellationToken);

    /// <summary>Saves a last heartbeat when the service stops.</summary>
    public Task StopAsync(CancellationToken cancellationToken) =>
        InTurnAsync(() => SaveHeartbeatAsync(time.GetUtcNow(), cancellationToken), cancellationToken);

    public void Dispose() => _gate.Dispose();

    private async Task SaveHeartbeatAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await offsets.SaveAsync(
            [new(HeartbeatName, BitConverter.GetBytes(now.ToUnixTimeMilliseconds()))], cancellationToken);
        _heartbeat = now;
    }

    private async Task<TransactionAggregator> RestoreAsync(DateTimeOffset instant, CancellationToken cancellationToken)
    {
        var (now, grace) = (instant.ToUnixTimeMilliseconds(), (long)settings.Grace.TotalMilliseconds);
        var aggregator = Restore(await offsets.LoadAsync(Name, cancellationToken), now);
        aggregator.SetBack(now - grace);
        var alive = await offsets.LoadAsync(HeartbeatName, cancellationToken) is { Length: sizeof(long) } said
            ? BitConverter.ToInt64(said) : now;
        await foreach (var entry in journal.ReadAsync(cancellationToken))
        {
            foreach (var transaction in TransactionRequest.Read(entry, settings))
            {
                aggregator.Add(transaction);
            }

            _requests[entry.Id] = entry.Until;
            alive = Math.Max(alive, entry.ReceivedAt);
        }

        if (now - alive > grace)
        {
            // Longer than the grace period: events of the meantime may never come.
            aggregator.Close(alive);
            aggregator.MarkIncomplete(now);
        }

        return aggregator;
    }

    private TransactionAggregator Restore(byte[]? offset, long now)
    {
        try
        {
            if (offset is not null)
            {
                return TransactionAggregator.Restore(settings.Options, offset.AsSpan(sizeof(long)));
            }
        }
        catch (Exception reason) when (reason is ModelFormatException or ArgumentException)
        {
            Log.StateUnreadable(log, Name, reason.Message);
        }

        return new TransactionAggregator(settings.Options, now);
    }

    /// <summary>Eight bytes of the first minute whose events are still needed, then the aggregator's state.</summary>
    private byte[] Offset()
    {
        var state = new ArrayBufferWriter<byte>();
        state.Write(BitConverter.GetBytes(_aggregator.FirstPending));
        _aggregator.Snapshot(state);
        return state.WrittenSpan.ToArray();
    }

    private async Task InTurnAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await work();
        }
        finally
        {
            _gate.Release();
        }
    }
}
