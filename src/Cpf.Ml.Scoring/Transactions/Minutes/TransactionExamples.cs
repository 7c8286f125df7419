using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Transactions.Minutes;

/// <summary>Single transactions picked out of a minute. The same ones in whatever order they came.</summary>
/// <param name="Slowest">At most five, the slowest first.</param>
/// <param name="Failed">At most five that failed, by chance.</param>
/// <param name="Sample">At most four, each transaction as likely as any other: what is usual is learnt from
/// them.</param>
public sealed record TransactionExamples(
    ImmutableArray<TransactionEvent> Slowest,
    ImmutableArray<TransactionEvent> Failed, ImmutableArray<TransactionEvent> Sample)
{
    /// <summary>Of a minute without any.</summary>
    public static TransactionExamples None { get; } = new([], [], []);

    /// <summary>The same at another time.</summary>
    /// <param name="shift">Milliseconds.</param>
    public TransactionExamples ShiftedBy(long shift)
    {
        return new TransactionExamples(All(Slowest), All(Failed), All(Sample));

        ImmutableArray<TransactionEvent> All(ImmutableArray<TransactionEvent> some) =>
            [.. some.Select(one => one with { Start = one.Start + shift })];
    }

    public bool Equals(TransactionExamples? other) =>
        other is not null && Slowest.SequenceEqual(other.Slowest)
            && Failed.SequenceEqual(other.Failed) && Sample.SequenceEqual(other.Sample);

    public override int GetHashCode() => HashCode.Combine(Slowest.Length, Failed.Length, Sample.Length);
}
