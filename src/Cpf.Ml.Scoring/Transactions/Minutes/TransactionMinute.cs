namespace Cpf.Ml.Scoring.Transactions.Minutes;

/// <summary>What a group did in one minute.</summary>
/// <param name="Minute">Begin of the minute, inclusive, Unix milliseconds, UTC.</param>
/// <param name="Count">Transactions that ended in it.</param>
/// <param name="Failures">Those of them that failed.</param>
/// <param name="P50">Median duration in seconds, within 0.1 %; NaN when there was no transaction, like the other
/// quantiles.</param>
public readonly record struct TransactionMinute(
    TransactionGroup Group, long Minute, long Count, long Failures, double P50, double P95, double P99)
{
    /// <summary>Single transactions of it; none for one channel or region, whose transactions are the operation's
    /// too.</summary>
    public TransactionExamples Examples { get; init; } = TransactionExamples.None;

    /// <summary>Failures ÷ count; NaN when there was no transaction.</summary>
    public double ErrorRate => Count == 0 ? double.NaN : (double)Failures / Count;

    /// <summary>The same at another time.</summary>
    /// <param name="shift">Milliseconds.</param>
    public TransactionMinute ShiftedBy(long shift) =>
        this with { Minute = Minute + shift, Examples = Examples.ShiftedBy(shift) };
}
