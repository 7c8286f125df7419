using HdrHistogram;

namespace Cpf.Ml.Scoring.Transactions.Minutes;

/// <summary>The transactions of a group in one minute, as a mergeable histogram of their durations.</summary>
/// <remarks>Reference: Tene, G., HdrHistogram (hdrhistogram.org): three significant digits at constant cost. One
/// writer.</remarks>
internal sealed class TransactionWindow
{
    /// <summary>A resolution of a tenth of a millisecond.</summary>
    private const double StepsPerSecond = 10_000;

    /// <summary>One hour, in steps; longer durations count as one hour.</summary>
    private const long MaxDuration = 36_000_000;

    private readonly IntHistogram _durations = new(MaxDuration, 3);
    private ExamplePicker? _examples;

    public long Failures { get; private set; }

    public long Count => _durations.TotalCount;

    /// <summary>Adds a transaction.</summary>
    /// <param name="duration">Seconds.</param>
    /// <param name="failed">Whether it failed.</param>
    public void Add(double duration, bool failed)
    {
        _durations.RecordValue((long)Math.Min(MaxDuration, Math.Round(duration * StepsPerSecond)));
        Failures += failed ? 1 : 0;
    }

    /// <summary>Adds a candidate for the examples of the operation.</summary>
    public void AddExample(in TransactionEvent transaction) => (_examples ??= new ExamplePicker()).Add(transaction);

    /// <summary>Adds the transactions of another window, with the same result as adding each.</summary>
    public void Merge(TransactionWindow other)
    {
        _durations.Add(other._durations);
        Failures += other.Failures;
        if (other._examples is { } examples)
        {
            (_examples ??= new ExamplePicker()).Merge(examples);
        }
    }

    public TransactionMinute Close(TransactionGroup group, long minute) =>
        new(group, minute, Count, Failures,
            Quantile(50), Quantile(95), Quantile(99))
        { Examples = _examples?.Pick() ?? TransactionExamples.None };

    /// <summary>Empties the window for reuse: its arrays are large enough to be worth keeping.</summary>
    public void Clear()
    {
        _durations.Reset();
        _examples = null;
        Failures = 0;
    }

    private double Quantile(double percent) =>
        Count == 0 ? double.NaN : _durations.GetValueAtPercentile(percent) / StepsPerSecond;
}
