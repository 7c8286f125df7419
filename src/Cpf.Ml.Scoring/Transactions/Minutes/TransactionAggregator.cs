namespace Cpf.Ml.Scoring.Transactions.Minutes;

/// <summary>Aggregates transactions by minute and group: volume, failures, quantiles of the duration.</summary>
/// <remarks>
/// <para>A minute stays open until <see cref="Close"/> passes it; later events are refused as late. A group without a
/// transaction in a minute counts 0 there, as long as any other group had one: a minute without any transaction at all
/// is missing data rather than low volume, and is not reported.</para>
/// <para>Minutes that started before a new aggregator may be incomplete and are not reported. A restored one continues
/// where it was once the events of the minutes that were not acknowledged are added again; they are not in its
/// state.</para>
/// <para>One writer. Memory: about 60 KiB a group and open minute.</para>
/// </remarks>
public sealed partial class TransactionAggregator
{
    private const long MinuteLength = 60_000;

    private readonly TransactionAggregatorOptions _options;
    private readonly SortedDictionary<long, OpenMinute> _open = [];
    private readonly Dictionary<TransactionGroup, Seen> _groups = [];
    private readonly Queue<TransactionMinute> _closed = new();
    private readonly Stack<TransactionWindow> _spare = new();
    private readonly List<TransactionGroup> _candidates = [];
    private long _firstOpen;

    /// <summary>Newest minute that was reported; it is never reported again.</summary>
    private long _newestReported = long.MinValue;

    /// <summary>Minutes whose events are not complete, the end excluded.</summary>
    private (long From, long Until) _incomplete;

    /// <summary>An aggregator without groups.</summary>
    /// <param name="options">How events are grouped.</param>
    /// <param name="start">Unix milliseconds; minutes that started earlier are incomplete.</param>
    public TransactionAggregator(TransactionAggregatorOptions options, long start)
    {
        _options = options;
        _firstOpen = MinuteOf(start + MinuteLength - 1);
        _incomplete = (long.MinValue, _firstOpen);
    }

    /// <summary>Closed minutes that are not acknowledged yet, oldest first.</summary>
    public IReadOnlyCollection<TransactionMinute> Closed => _closed;

    /// <summary>Number of groups.</summary>
    public int Groups => _groups.Count;

    /// <summary>Start of the first minute that is not both closed and acknowledged, whose events are still needed; Unix
    /// milliseconds.</summary>
    public long FirstPending => _closed.TryPeek(out var oldest) ? oldest.Minute : _firstOpen;

    /// <summary>Whether the event's minute still accepts events.</summary>
    /// <param name="transaction">The event.</param>
    public bool IsOpen(in TransactionEvent transaction) => MinuteOf(transaction.End) >= _firstOpen;

    /// <summary>Adds an event to its minute.</summary>
    /// <param name="transaction">The event.</param>
    /// <returns>Whether it was accepted, and otherwise why not.</returns>
    public TransactionVerdict Add(in TransactionEvent transaction)
    {
        var minute = MinuteOf(transaction.End);
        if (minute >= _incomplete.From && minute < _incomplete.Until)
        {
            return TransactionVerdict.Incomplete;
        }

        if (minute < _firstOpen)
        {
            return TransactionVerdict.Late;
        }

        ListGroups(transaction);
        if (_groups.Count + _candidates.Count(group => !_groups.ContainsKey(group)) > _options.MaxGroups)
        {
            return TransactionVerdict.Limit;
        }

        if (!_open.TryGetValue(minute, out var open))
        {
            _open[minute] = open = new OpenMinute();
        }

        if (transaction.Id.Length > 0 && !open.Ids.Add(transaction.Id))
        {
            return TransactionVerdict.Duplicate;
        }

        foreach (var group in _candidates)
        {
            var window = Window(open, group);
            window.Add(transaction.Duration, transaction.Failed);
            if (group.IsWhole)
            {
                window.AddExample(transaction);
            }

            _groups[group] = _groups.TryGetValue(group, out var seen)
                ? new Seen(Math.Min(minute, seen.First), Math.Max(minute, seen.Last))
                : new Seen(minute, minute);
        }

        return TransactionVerdict.Accepted;
    }

    /// <summary>Closes every minute that ended at or before <paramref name="until"/> and appends it to
    /// <see cref="Closed"/>.</summary>
    /// <param name="until">Unix milliseconds. Earlier than in the last call when the clock was set back: see
    /// <see cref="SetBack"/>.</param>
    public void Close(long until)
    {
        SetBack(until);
        var firstOpen = Math.Max(_firstOpen, MinuteOf(until));
        while (_open.Count > 0 && _open.First() is var (minute, open) && minute < firstOpen)
        {
            _open.Remove(minute);
            Report(minute, open);
        }

        if (firstOpen > _firstOpen)
        {
            // Not only with a report: there is none while every group is silent and the limit keeps out new ones.
            _firstOpen = firstOpen;
            DropGroups(firstOpen);
        }
    }

    /// <summary>
    /// Reopens the minutes that a clock had passed too early, except for those that were reported: the events of an
    /// hour are not late because a clock was wrong for a second.
    /// </summary>
    /// <param name="until">As for <see cref="Close"/>; a later instant than in the last call changes nothing.</param>
    public void SetBack(long until)
    {
        var passed = _newestReported == long.MinValue ? long.MinValue : _newestReported + MinuteLength;
        _firstOpen = Math.Min(_firstOpen, Math.Max(MinuteOf(until), Math.Max(passed, _incomplete.Until)));
    }

    /// <summary>Removes the oldest <paramref name="count"/> minutes of <see cref="Closed"/>, which are stored
    /// elsewhere.</summary>
    /// <param name="count">0 to the number of closed minutes.</param>
    public void Acknowledge(int count)
    {
        for (; count > 0; count--)
        {
            _closed.Dequeue();
        }
    }

    /// <summary>Marks the time since the last closed minute as incomplete: the minutes that it touches are not
    /// reported.</summary>
    /// <param name="until">End of the incomplete time, Unix milliseconds.</param>
    public void MarkIncomplete(long until)
    {
        var firstOpen = Math.Max(_firstOpen, MinuteOf(until + MinuteLength - 1));
        _incomplete =
            (_incomplete.Until <= FirstPending ? _firstOpen : Math.Min(_incomplete.From, _firstOpen), firstOpen);
        _firstOpen = firstOpen;
        while (_open.Count > 0 && _open.First() is var (minute, open) && minute < _firstOpen)
        {
            _open.Remove(minute);
            Recycle(open);
        }
    }

    private void Report(long minute, OpenMinute open)
    {
        _newestReported = minute;

        // Ordered by name, so that the output does not depend on the order of events.
        DropGroups(minute);
        foreach (var group in _groups.Keys.Order(TransactionGroupOrder.Instance))
        {
            if (open.Windows.TryGetValue(group, out var window))
            {
                _closed.Enqueue(window.Close(group, minute));
            }
            else if (minute > _groups[group].First)
            {
                _closed.Enqueue(new TransactionMinute(group, minute, 0, 0, double.NaN, double.NaN, double.NaN));
            }
        }

        Recycle(open);
    }

    /// <summary>Drops the groups without a transaction for longer than the memory before a minute.</summary>
    private void DropGroups(long minute)
    {
        foreach (var group in _groups
            .Where(group => minute - group.Value.Last > (long)_options.Memory.TotalMilliseconds)
            .Select(group => group.Key).ToList())
        {
            _groups.Remove(group);
        }
    }

    private void ListGroups(in TransactionEvent transaction)
    {
        var whole = new TransactionGroup(transaction.Service, transaction.Operation);
        _candidates.Clear();
        _candidates.Add(whole);
        if (_options.ByChannel && transaction.Channel.Length > 0)
        {
            _candidates.Add(whole with { Channel = transaction.Channel });
        }

        if (_options.ByRegion && transaction.Region.Length > 0)
        {
            _candidates.Add(whole with { Region = transaction.Region });
        }
    }

    private TransactionWindow Window(OpenMinute open, TransactionGroup group)
    {
        if (!open.Windows.TryGetValue(group, out var window))
        {
            open.Windows[group] = window = _spare.TryPop(out var spare) ? spare : new TransactionWindow();
        }

        return window;
    }

    private void Recycle(OpenMinute open)
    {
        foreach (var window in open.Windows.Values)
        {
            window.Clear();
            _spare.Push(window);
        }
    }

    /// <summary>Start of the minute of an instant.</summary>
    private static long MinuteOf(long timestamp) =>
        timestamp - (((timestamp % MinuteLength) + MinuteLength) % MinuteLength);

    /// <summary>The first and the last minute with a transaction.</summary>
    private readonly record struct Seen(long First, long Last);

    private sealed class OpenMinute
    {
        public Dictionary<TransactionGroup, TransactionWindow> Windows { get; } = [];

        public HashSet<string> Ids { get; } = new(StringComparer.Ordinal);
    }
}
