using Cpf.Ml.Scoring.Statistics;
using HdrHistogram;

namespace Cpf.Ml.Scoring.Transactions;

/// <summary>A group's transactions of one minute, as a mergeable sketch of their durations.</summary>
/// <remarks>Reference: Tene, G., HdrHistogram (hdrhistogram.org): three significant digits at constant cost. One writer.</remarks>
internal sealed class TransactionWindow
{
    /// <summary>Resolution: a tenth of a millisecond.</summary>
    private const double StepsPerSecond = 10_000;

    /// <summary>One hour; whatever takes longer counts as one hour.</summary>
    private const long Longest = 36_000_000;

    private readonly IntHistogram _durations = new(Longest, 3);

    public long Failures { get; private set; }

    public long Count => _durations.TotalCount;

    /// <param name="duration">Seconds.</param>
    public void Add(double duration, bool failed)
    {
        _durations.RecordValue((long)Math.Min(Longest, Math.Round(duration * StepsPerSecond)));
        Failures += failed ? 1 : 0;
    }

    /// <summary>Takes in another's transactions, as if they had been added here.</summary>
    public void Merge(TransactionWindow other)
    {
        _durations.Add(other._durations);
        Failures += other.Failures;
    }

    public TransactionMinute Close(TransactionGroup group, long minute) =>
        new(group, minute, Count, Failures, Quantile(50), Quantile(95), Quantile(99));

    /// <summary>Empty, as new: the arrays are large enough to be worth keeping.</summary>
    public void Clear()
    {
        _durations.Reset();
        Failures = 0;
    }

    public void Snapshot(StateWriter writer)
    {
        // The iterator hands out one object, changed at each step: its numbers must be taken at once.
        var values = _durations.RecordedValues().Select(value => (value.ValueIteratedTo, value.CountAtValueIteratedTo)).ToList();
        writer.Int64(Failures);
        writer.Int64(values.Count);
        foreach (var (value, count) in values)
        {
            writer.Int64(value);
            writer.Int64(count);
        }
    }

    public void Restore(ref StateReader reader)
    {
        Failures = reader.Int64();
        for (var left = reader.Int64(); left > 0; left--)
        {
            var value = reader.Int64();
            _durations.RecordValueWithCount(value, reader.Int64());
        }
    }

    private double Quantile(double percent) => Count == 0 ? double.NaN : _durations.GetValueAtPercentile(percent) / StepsPerSecond;
}
