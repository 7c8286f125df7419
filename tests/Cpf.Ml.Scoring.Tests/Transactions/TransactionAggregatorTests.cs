using System.Buffers;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Transactions.Minutes;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Transactions;

public sealed class TransactionAggregatorTests
{
    private const long Noon = 1_772_452_800_000; // 2026-03-02T12:00:00Z
    private const long Minute = 60_000;

    private static readonly TransactionAggregatorOptions Options = new();

    [Fact]
    public void Minute_has_count_failures_and_quantiles_of_the_transactions_that_ended_in_it()
    {
        var aggregator = new TransactionAggregator(Options, Noon);
        for (var i = 1; i <= 100; i++)
        {
            // Durations 0.01 … 1.00 s: the median is the 50th, p95 the 95th.
            Assert.Equal(
                TransactionVerdict.Accepted,
                aggregator.Add(Event("purchase", Noon + (i * 100), i / 100.0, failed: i > 98)));
        }

        aggregator.Close(Noon + Minute);

        var minute = Assert.Single(aggregator.Closed);
        Assert.Equal((Noon, 100, 2, 0.02), (minute.Minute, minute.Count, minute.Failures, minute.ErrorRate));
        Assert.Equal(0.50, minute.P50, 0.0005);
        Assert.Equal(0.95, minute.P95, 0.001);
        Assert.Equal(0.99, minute.P99, 0.001);
    }

    [Fact]
    public void Slow_transaction_counts_in_the_minute_in_which_it_ended()
    {
        var aggregator = new TransactionAggregator(Options, Noon);
        aggregator.Add(Event("purchase", Noon + 1_000, 150));
        aggregator.Close(Noon + (3 * Minute));

        Assert.Equal(Noon + (2 * Minute), Assert.Single(aggregator.Closed).Minute);
    }

    [Fact]
    public void Quiet_operation_counts_zero_only_while_others_are_active()
    {
        var aggregator = new TransactionAggregator(Options, Noon);
        aggregator.Add(Event("search", Noon, 0.1));
        aggregator.Add(Event("purchase", Noon, 0.1));
        aggregator.Add(Event("search", Noon + Minute, 0.1));
        aggregator.Add(Event("search", Noon + (3 * Minute), 0.1));
        aggregator.Close(Noon + (4 * Minute));

        Assert.Equal(
            [
                ("purchase", 0, 1), ("search", 0, 1), ("purchase", 1, 0), ("search", 1, 1), ("purchase", 3, 0),
                ("search", 3, 1),
            ],
            aggregator.Closed.Select(
                minute => (minute.Group.Operation, (minute.Minute - Noon) / Minute, minute.Count)));
        Assert.True(double.IsNaN(aggregator.Closed.First(minute => minute.Count == 0).P95));
    }

    [Fact]
    public void Operation_counts_no_zero_before_its_first_transaction()
    {
        var aggregator = new TransactionAggregator(Options, Noon);
        aggregator.Add(Event("search", Noon, 0.1));
        aggregator.Add(Event("purchase", Noon + Minute, 0.1));
        aggregator.Close(Noon + Minute);

        Assert.Equal("search", Assert.Single(aggregator.Closed).Group.Operation);
    }

    [Fact]
    public void Late_duplicate_and_early_events_are_distinguished()
    {
        var aggregator = new TransactionAggregator(Options, Noon + 1);

        Assert.Equal(TransactionVerdict.Incomplete, aggregator.Add(Event("search", Noon + 2, 0.1)));
        Assert.Equal(TransactionVerdict.Accepted, aggregator.Add(Event("search", Noon + Minute, 0.1, id: "a")));
        Assert.Equal(TransactionVerdict.Duplicate, aggregator.Add(Event("search", Noon + Minute, 0.1, id: "a")));
        aggregator.Close(Noon + (2 * Minute));
        Assert.Equal(TransactionVerdict.Late, aggregator.Add(Event("search", Noon + Minute, 0.1, id: "b")));

        Assert.Equal(1, Assert.Single(aggregator.Closed).Count);
    }

    [Fact]
    public void Corrected_clock_reopens_minutes_that_it_had_closed_too_early()
    {
        var aggregator = new TransactionAggregator(Options, Noon);
        aggregator.Add(Event("search", Noon, 0.1));
        aggregator.Close(Noon + (60 * Minute));
        aggregator.Close(Noon + 1_000);

        // The minute that was reported too early stays as it was reported; the next one is whole.
        Assert.Equal(TransactionVerdict.Late, aggregator.Add(Event("search", Noon + 30_000, 0.1)));
        Assert.Equal(TransactionVerdict.Accepted, aggregator.Add(Event("search", Noon + Minute, 0.1)));
        Assert.Equal(TransactionVerdict.Accepted, aggregator.Add(Event("search", Noon + Minute, 0.1)));
        aggregator.Close(Noon + (2 * Minute));

        Assert.Equal(
            [(0, 1), (1, 2)], aggregator.Closed.Select(minute => ((minute.Minute - Noon) / Minute, minute.Count)));
    }

    [Fact]
    public void Channels_and_regions_are_counted_separately_up_to_the_limit()
    {
        var aggregator = new TransactionAggregator(
            Options with { ByChannel = true, ByRegion = true, MaxGroups = 3 }, Noon);

        Assert.Equal(
            TransactionVerdict.Accepted,
            aggregator.Add(Event("search", Noon, 0.1, channel: "web", region: "Bretagne")));
        Assert.Equal(
            TransactionVerdict.Limit,
            aggregator.Add(Event("search", Noon, 0.1, channel: "mobile", region: "Bretagne")));
        Assert.Equal(TransactionVerdict.Accepted, aggregator.Add(Event("search", Noon, 0.1, channel: "web")));
        aggregator.Close(Noon + Minute);

        Assert.Equal(
            [("", "", 2L), ("", "Bretagne", 1), ("web", "", 2)],
            aggregator.Closed.Select(minute => (minute.Group.Channel, minute.Group.Region, minute.Count)));
    }

    [Fact]
    public void Restored_aggregator_continues_after_its_events_are_replayed() =>
        Gen.Select(Gen.Int[0, 4 * 60_000], Gen.Int[0, 2], Gen.Double[0, 30], Gen.Bool, Gen.Int[0, 50]).Array[1, 200]
            .Select(Gen.Int[0, 200], Gen.Int[0, 200])
            .Sample((events, take, cut) =>
            {
                var whole = new TransactionAggregator(Options, Noon);
                var parted = new TransactionAggregator(Options, Noon);
                var (taken, kept) = (new List<TransactionMinute>(), new List<TransactionEvent>());
                var now = Noon;
                for (var i = 0; i < events.Length; i++)
                {
                    if (i == take)
                    {
                        taken.AddRange(parted.Closed);
                        parted.Acknowledge(parted.Closed.Count);
                    }

                    if (i == cut)
                    {
                        parted = Restored(parted);
                        kept.ForEach(transaction => parted.Add(transaction));
                        parted.Close(now);
                    }

                    var (offset, operation, duration, failed, id) = events[i];
                    var transaction = Event($"operation-{operation}", Noon + offset, duration, failed, id: $"{id}");
                    var verdict = whole.Add(transaction);
                    Assert.Equal(verdict, parted.Add(transaction));
                    if (verdict == TransactionVerdict.Accepted)
                    {
                        kept.Add(transaction);
                    }

                    now = Math.Max(now, Noon + (offset / 2));
                    whole.Close(now);
                    parted.Close(now);
                }

                whole.Close(Noon + (10 * Minute));
                parted.Close(Noon + (10 * Minute));
                Assert.Equal(whole.Closed, [.. taken, .. parted.Closed]);
            });

    [Fact]
    public void Minutes_in_a_gap_are_not_reported_and_those_before_it_are()
    {
        var aggregator = new TransactionAggregator(Options, Noon);
        var known = new[] { Event("search", Noon, 0.1), Event("search", Noon + (2 * Minute), 0.1) };
        Array.ForEach(known, transaction => aggregator.Add(transaction));
        aggregator.Close(Noon + (2 * Minute) + 1);
        aggregator.MarkIncomplete(Noon + (5 * Minute));

        // Whether or not it is restored before anybody has taken the minute.
        foreach (var current in new[] { aggregator, Restored(aggregator) })
        {
            Array.ForEach(known, transaction => current.Add(transaction));
            Assert.Equal(TransactionVerdict.Incomplete, current.Add(Event("search", Noon + (4 * Minute), 0.1)));
            Assert.Equal(TransactionVerdict.Accepted, current.Add(Event("search", Noon + (5 * Minute), 0.1)));
            current.Close(Noon + (6 * Minute));
            Assert.Equal(
                [(0, 1), (5, 1)], current.Closed.Select(minute => ((minute.Minute - Noon) / Minute, minute.Count)));
        }
    }

    [Fact]
    public void Order_of_events_does_not_matter() =>
        Gen.Select(Gen.Int[0, 3 * 60_000], Gen.Int[0, 2], Gen.Double[0, 30]).Array[1, 50].Sample(events =>
            Assert.Equal(Count(events), Count(events.Reverse())));

    [Fact]
    public void Merged_windows_equal_the_window_of_all_transactions() =>
        Gen.Double[0, 4_000].Array[2, 200].Sample(durations =>
        {
            var (whole, left, right) = (new TransactionWindow(), new TransactionWindow(), new TransactionWindow());
            for (var i = 0; i < durations.Length; i++)
            {
                foreach (var window in new[] { whole, i % 2 == 0 ? left : right })
                {
                    window.Add(durations[i], failed: i % 3 == 0);
                    window.AddExample(Event("purchase", i, durations[i], failed: i % 3 == 0));
                }
            }

            left.Merge(right);
            Assert.Equal(whole.Close(default, 0), left.Close(default, 0));
        });

    [Fact]
    public void State_of_another_version_or_truncated_is_refused()
    {
        var state = Snapshot(new TransactionAggregator(Options, Noon));

        Assert.Throws<ModelFormatException>(() => TransactionAggregator.Restore(Options, [9, .. state[1..]]));
        Assert.Throws<ModelFormatException>(
            () => TransactionAggregator.Restore(Options, state.AsSpan(0, state.Length - 1)));
        Assert.Throws<ModelFormatException>(() => TransactionAggregator.Restore(Options, [.. state, 0]));
    }

    private static List<TransactionMinute> Count(IEnumerable<(int Offset, int Operation, double Duration)> events)
    {
        var aggregator = new TransactionAggregator(Options, Noon);
        foreach (var (offset, operation, duration) in events)
        {
            aggregator.Add(Event($"operation-{operation}", Noon + offset, duration));
        }

        aggregator.Close(Noon + (10 * Minute));
        return [.. aggregator.Closed];
    }

    private static TransactionAggregator Restored(TransactionAggregator aggregator) =>
        TransactionAggregator.Restore(Options, Snapshot(aggregator));

    private static byte[] Snapshot(TransactionAggregator aggregator)
    {
        var state = new ArrayBufferWriter<byte>();
        aggregator.Snapshot(state);
        return state.WrittenSpan.ToArray();
    }

    private static TransactionEvent Event(
        string operation,
        long start,
        double duration,
        bool failed = false,
        string channel = "",
        string region = "",
        string id = "") =>
        new("platform", operation, channel, region, start, duration, failed, id);
}
