using System.Buffers;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Tests.Statistics;
using Cpf.Ml.Scoring.Transactions.Durations;
using Cpf.Ml.Scoring.Transactions.Minutes;

namespace Cpf.Ml.Scoring.Tests.Transactions;

public sealed class DurationTailsTests
{
    private const long Monday = 1_772_409_600_000; // 2026-03-02T00:00:00Z
    private const long Minute = 60_000;
    private const int Day = 1_440;

    private static readonly TransactionGroup Purchase = new("achat", "achat");

    [Fact]
    public void Scores_are_calibrated_at_any_load()
    {
        var platform = new Platform(seed: 5);
        var tails = new DurationTails();
        platform.Run(tails, 14 * Day);

        var seen = platform.Run(tails, 14 * Day)
            .SelectMany(minute => minute.Judged.Select(scored => (minute.Load, P: scored.PValue!.Value))).ToList();
        foreach (var part in new[] { seen.Where(scored => scored.Load > 1.3),
            seen.Where(scored => scored.Load < 0.8), seen })
        {
            var p = part.Select(scored => scored.P).ToList();
            Assert.InRange(p.Count(value => value <= 0.01) / (0.01 * p.Count), 1 / 1.5, 1.5);
        }

        Assert.InRange(seen.Count(scored => scored.P <= 0.001) / (0.001 * seen.Count), 0.5, 2);
    }

    [Fact]
    public void Ignoring_the_load_makes_busy_minutes_look_slow()
    {
        // The same platform, whose number of transactions is not told: what the test above holds is not given.
        var platform = new Platform(seed: 5);
        var tails = new DurationTails();
        platform.Run(tails, 14 * Day, knowsCount: false);

        var busy = platform.Run(tails, 14 * Day, knowsCount: false).Where(minute => minute.Load > 1.3)
            .SelectMany(minute => minute.Judged).ToList();
        Assert.True(busy.Count(scored => scored.PValue <= 0.01) > 0.015 * busy.Count);
    }

    [Fact]
    public void Expected_duration_follows_the_hour_and_the_load()
    {
        var platform = new Platform(seed: 6);
        var tails = new DurationTails();
        platform.Run(tails, 14 * Day);

        var at = tails.ScoreAndLearn(Of(One(0, 9)), new TransactionContext(2, 200, 100, false))[0];
        Assert.Equal(2 * Math.Pow(201.0 / 101, Platform.LoadPower), at.Expected!.Value, 0.1);
        Assert.Equal(
            4, tails.ScoreAndLearn(Of(One(0, 9)), new TransactionContext(4, 100, 100, false))[0].Expected!.Value, 0.01);
    }

    [Fact]
    public void Transactions_of_an_incident_are_not_learned()
    {
        var platform = new Platform(seed: 7);
        var tails = new DurationTails();
        platform.Run(tails, 14 * Day);
        var before = platform.Judge(tails, 8);
        platform.Run(tails, 240, factor: 8, isAbnormal: true);

        Assert.True(before.Score > 60, $"{before.Score}");
        Assert.Equal(before.Score, platform.Judge(tails, 8).Score);
    }

    [Fact]
    public void No_transaction_is_scored_while_cold()
    {
        var tails = new DurationTails();
        var cold = tails.ScoreAndLearn(Of(One(Monday, 9)), new TransactionContext(double.NaN, 1, double.NaN, false))[0];
        Assert.Equal((null, null, null), (cold.Expected, cold.PValue, cold.Score));

        var early = tails.ScoreAndLearn(Of(One(Monday, 9)), new TransactionContext(1, 1, double.NaN, false))[0];
        Assert.Equal((1.0, null, null), (early.Expected, early.PValue, early.Score));
    }

    [Fact]
    public void Transactions_are_ordered_by_rarity_and_a_slow_failure_is_listed_once()
    {
        var platform = new Platform(seed: 8);
        var tails = new DurationTails();
        platform.Run(tails, 2 * Day);
        var slow = One(platform.Next, 30) with { Failed = true };
        var minute = Of(One(platform.Next, 2)) with
        {
            Minute = platform.Next,
            Examples = new([One(platform.Next, 2), slow], [slow], []),
        };

        var judged = tails.ScoreAndLearn(minute, new TransactionContext(1, 100, 100, false));

        Assert.Equal([30, 2], judged.Select(scored => scored.Transaction.Duration));
    }

    [Fact]
    public void Repeated_minute_is_not_learned()
    {
        var (once, twice) = (new DurationTails(), new DurationTails());
        new Platform(seed: 9).Run(once, Day);
        new Platform(seed: 9).Run(twice, Day);
        new Platform(seed: 9).Run(twice, Day);

        Assert.Equal(State(once), State(twice));
    }

    [Fact]
    public void Restored_state_continues_bit_for_bit()
    {
        var tails = new DurationTails();
        var platform = new Platform(seed: 10);
        platform.Run(tails, 3 * Day);
        var restored = DurationTails.Restore(State(tails));
        new Platform(seed: 11, platform.Next).Run(restored, Day);
        new Platform(seed: 11, platform.Next).Run(tails, Day);

        Assert.Equal(State(tails), State(restored));
    }

    [Fact]
    public void Operations_without_transactions_for_eight_days_are_dropped()
    {
        var tails = new DurationTails();
        tails.ScoreAndLearn(
            Of(One(Monday, 1)) with { Group = new("old", "old") }, new TransactionContext(1, 1, 1, false));
        new Platform(seed: 12, Monday + (9 * Day * Minute)).Run(tails, 1);

        Assert.Equal(2, tails.Count);
        Assert.Equal(1, DurationTails.Restore(State(tails)).Count);
    }

    [Fact]
    public void Newer_or_damaged_states_are_refused()
    {
        var tails = new DurationTails();
        new Platform(seed: 13).Run(tails, 60);
        var state = State(tails);

        Assert.Contains(
            "format 9",
            Assert.Throws<ModelFormatException>(() => DurationTails.Restore([9, .. state.AsSpan(1)])).Message);
        Assert.Throws<ModelFormatException>(() => DurationTails.Restore(state.AsSpan(..^1)));
        Assert.Throws<ModelFormatException>(() => DurationTails.Restore([.. state, 0]));
        state[9] = 0xff;
        Assert.Contains("claims", Assert.Throws<ModelFormatException>(() => DurationTails.Restore(state)).Message);
    }

    private static byte[] State(DurationTails tails)
    {
        var state = new ArrayBufferWriter<byte>();
        tails.Snapshot(state);
        return state.WrittenSpan.ToArray();
    }

    private static TransactionEvent One(long start, double duration) =>
        new("achat", "achat", "", "", start, duration, false);

    private static TransactionMinute Of(TransactionEvent transaction) =>
        new(Purchase, 0, 1, 0,
            transaction.Duration, transaction.Duration, transaction.Duration)
        { Examples = new([transaction], [], []) };

    /// <summary>
    /// Medians with a day, twice as many transactions at some minutes as at others, and durations that rise with a
    /// power of their number; log-normal, one in fifty from a heavy tail. Every transaction scored is one by chance,
    /// not the slowest.
    /// </summary>
    private sealed class Platform(int seed, long start = Monday)
    {
        public const double LoadPower = 0.5;

        private readonly Random _random = new(seed);
        private int _minute;

        public long Next => start + (_minute * Minute);

        public List<(double Load, IReadOnlyList<ScoredTransaction> Judged)> Run(
            DurationTails tails, int minutes, double factor = 1, bool isAbnormal = false, bool knowsCount = true)
        {
            var all = new List<(double Load, IReadOnlyList<ScoredTransaction> Judged)>();
            for (var last = _minute + minutes; _minute < last; _minute++)
            {
                var load = Math.Exp(0.35 * _random.Normal());
                var expected = Median();
                var median = expected * Math.Pow(load, LoadPower) * factor;
                var examples = new TransactionExamples([.. Draw(4, median)], [], [.. Draw(4, median)]);
                var (volume, p50) = ((long)(200 * load), median * Math.Exp(0.03 * _random.Normal()));
                var minute = new TransactionMinute(Purchase, Next, volume, 0, p50, double.NaN, double.NaN)
                {
                    Examples = examples,
                };
                all.Add(
                    (
                        load,
                        tails.ScoreAndLearn(
                            minute,
                            new TransactionContext(
                                expected, minute.Count, knowsCount ? 200 : double.NaN, isAbnormal))));
            }

            return all;
        }

        /// <summary>A transaction of so many times the median, which teaches nothing.</summary>
        public ScoredTransaction Judge(DurationTails tails, double times) =>
            tails.ScoreAndLearn(Of(One(0, times * Median())), new TransactionContext(Median(), 200, 200, false))[0];

        private double Median() => 1 + (0.5 * Math.Sin(2 * Math.PI * _minute / Day));

        private IEnumerable<TransactionEvent> Draw(int count, double median)
        {
            for (var i = 0; i < count; i++)
            {
                var multiple = Math.Exp(0.45 * _random.Normal())
                    * (_random.NextDouble() < 0.02 ? Math.Pow(_random.NextDouble(), -0.4) : 1);
                yield return One(Next, median * multiple);
            }
        }
    }
}
