namespace Cpf.Ml.Scoring.Transactions.Minutes;

/// <summary>The transactions of a group in one minute.</summary>
/// <param name="Group">The group.</param>
/// <param name="Minute">Start of the minute, inclusive, Unix milliseconds, UTC.</param>
/// <param name="Count">Transactions that ended in it.</param>
/// <param name="Failures">Number of them that failed.</param>
/// <param name="P50">Median duration in seconds, within 0.1 %; NaN when there was no transaction.</param>
/// <param name="P95">95th percentile of the duration, likewise.</param>
/// <param name="P99">99th percentile of the duration, likewise.</param>
public readonly record struct TransactionMinute(
    TransactionGroup Group, long Minute, long Count, long Failures, double P50, double P95, double P99)
{
    /// <summary>Single transactions of the minute; none for a channel or region, whose transactions are among the
    /// operation's.</summary>
    public TransactionExamples Examples { get; init; } = TransactionExamples.None;

    /// <summary>Failures ÷ count; NaN when there was no transaction.</summary>
    public double ErrorRate => Count == 0 ? double.NaN : (double)Failures / Count;

    /// <summary>The same minute, later by a shift.</summary>
    /// <param name="shift">Milliseconds; may be negative.</param>
    public TransactionMinute ShiftedBy(long shift) =>
        this with { Minute = Minute + shift, Examples = Examples.ShiftedBy(shift) };
}
