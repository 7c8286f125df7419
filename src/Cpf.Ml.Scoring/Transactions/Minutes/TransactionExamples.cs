using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Transactions.Minutes;

/// <summary>Single transactions picked from a minute, whatever their order of arrival.</summary>
/// <param name="Slowest">At most five, the slowest first.</param>
/// <param name="Failed">At most five that failed, at random.</param>
/// <param name="Sample">At most four, a uniform random sample from which the baseline is learned.</param>
public sealed record TransactionExamples(
    ImmutableArray<TransactionEvent> Slowest,
    ImmutableArray<TransactionEvent> Failed, ImmutableArray<TransactionEvent> Sample)
{
    /// <summary>The examples of a minute without transactions.</summary>
    public static TransactionExamples None { get; } = new([], [], []);

    /// <summary>The same examples, later by a shift.</summary>
    /// <param name="shift">Milliseconds; may be negative.</param>
    public TransactionExamples ShiftedBy(long shift)
    {
        return new TransactionExamples(Shift(Slowest), Shift(Failed), Shift(Sample));

        ImmutableArray<TransactionEvent> Shift(ImmutableArray<TransactionEvent> transactions) =>
            [.. transactions.Select(transaction => transaction with { Start = transaction.Start + shift })];
    }

    /// <summary>Compares the transactions, not the arrays that hold them.</summary>
    /// <param name="other">May be null.</param>
    public bool Equals(TransactionExamples? other) =>
        other is not null && Slowest.SequenceEqual(other.Slowest)
            && Failed.SequenceEqual(other.Failed) && Sample.SequenceEqual(other.Sample);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Slowest.Length, Failed.Length, Sample.Length);
}
