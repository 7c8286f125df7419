using System.Collections.Immutable;

namespace Cpf.Ml.Worker.Ingest.Pipeline;

/// <summary>A source of data with its counts of accepted and rejected samples. Thread-safe.</summary>
internal sealed class IngestSource(string name, IngestMeters meters, TimeProvider time)
{
    private const int ErrorsKept = 20;

    private readonly Lock _lock = new();
    private readonly long[] _rejected = new long[Rejections.Names.Length];
    private readonly Queue<IngestError> _errors = new();
    private long _accepted;
    private DateTimeOffset? _lastReceipt;
    private long _newest;
    private DateTimeOffset? _failingSince;

    public string Name { get; } = name;

    /// <param name="count">Samples or events.</param>
    /// <param name="newest">Their newest timestamp, Unix milliseconds.</param>
    public void Accept(int count, long newest)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            _accepted += count;
            _lastReceipt = now;
            _newest = Math.Max(_newest, newest);
            _failingSince = null;
        }

        meters.Accepted.WithLabels(Name).Inc(count);
        meters.LastReceipt.WithLabels(Name).Set(now.ToUnixTimeMilliseconds() / 1000.0);
        meters.NewestSample.WithLabels(Name).Set(_newest / 1000.0);
    }

    public void Reject(Rejection reason, int count = 1)
    {
        lock (_lock)
        {
            _rejected[(int)reason] += count;
        }

        meters.Rejected.WithLabels(Name, reason.Name()).Inc(count);
    }

    /// <summary>Keeps an error for the page of sources; at most 20, the oldest is dropped.</summary>
    public void Report(string error)
    {
        lock (_lock)
        {
            if (_errors.Count == ErrorsKept)
            {
                _errors.Dequeue();
            }

            _errors.Enqueue(new IngestError(time.GetUtcNow(), error));
        }
    }

    /// <summary>The source as a whole could not be read or served; it counts as failing until the next
    /// acceptance.</summary>
    public void Fail(string error)
    {
        Report(error);
        lock (_lock)
        {
            _failingSince ??= time.GetUtcNow();
        }

        meters.Failures.WithLabels(Name).Inc();
    }

    /// <summary>The source answers again, perhaps without new data.</summary>
    public void Recover()
    {
        lock (_lock)
        {
            _failingSince = null;
        }
    }

    /// <summary>The source is exhausted: from now on it is not silent but done.</summary>
    public void Finish() => meters.LastReceipt.RemoveLabelled(Name);

    public IngestSourceStatus Status()
    {
        lock (_lock)
        {
            return new IngestSourceStatus(
                Name,
                _accepted,
                [.. _rejected.Select((count, i) => (Reason: Rejections.Names[i], count)).Where(pair => pair.count > 0)
                    .Select(pair => KeyValuePair.Create(pair.Reason, pair.count))],
                _lastReceipt,
                _newest == 0 ? null : _lastReceipt - DateTimeOffset.FromUnixTimeMilliseconds(_newest),
                _failingSince,
                [.. _errors.Reverse()]);
        }
    }
}

/// <param name="Name">For example <c>remote-write</c>, <c>pull:sign-in</c>.</param>
/// <param name="Accepted">Since the process started, like the rejected ones.</param>
/// <param name="Rejected">By reason, those above 0.</param>
/// <param name="LastReceipt">Null before the first.</param>
/// <param name="Lag">Last receipt minus newest timestamp; negative when the sender's clock is ahead.</param>
/// <param name="FailingSince">Null while the source works.</param>
/// <param name="Errors">Newest first, 20 at most.</param>
internal sealed record IngestSourceStatus(
    string Name,
    long Accepted,
    ImmutableArray<KeyValuePair<string, long>> Rejected,
    DateTimeOffset? LastReceipt,
    TimeSpan? Lag,
    DateTimeOffset? FailingSince,
    ImmutableArray<IngestError> Errors);

internal readonly record struct IngestError(DateTimeOffset At, string Text);
