using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Cpf.Ml.Scoring.Transactions.Minutes;

/// <summary>Picks <see cref="TransactionExamples"/> while the transactions of a minute come in. O(1) a transaction. One
/// writer.</summary>
/// <remarks>Chance comes from what the transaction is, so that a repetition after a restart picks the same
/// ones.</remarks>
public sealed class ExamplePicker
{
    private const int MaxExamples = 5;

    /// <summary>Four a minute are 40 000 in a week: as many as a <see cref="Statistics.LogHistogram"/> holds before it
    /// fades.</summary>
    private const int SampleSize = 4;

    private readonly PriorityQueue<TransactionEvent, (double Duration, ulong Chance)> _slowest = new();
    private readonly PriorityQueue<TransactionEvent, ulong> _failed = new();
    private readonly PriorityQueue<TransactionEvent, ulong> _sample = new();

    public void Add(in TransactionEvent transaction)
    {
        var chance = ChanceOf(transaction);
        Keep(_slowest, transaction, (transaction.Duration, chance), MaxExamples);
        Keep(_sample, transaction, chance, SampleSize);
        if (transaction.Failed)
        {
            Keep(_failed, transaction, chance, MaxExamples);
        }
    }

    /// <summary>Takes in another's transactions, as if they had been added here.</summary>
    public void Merge(ExamplePicker other)
    {
        Keep(_slowest, other._slowest, MaxExamples);
        Keep(_failed, other._failed, MaxExamples);
        Keep(_sample, other._sample, SampleSize);
    }

    public TransactionExamples Pick() => new([.. InOrder(_slowest)], [.. InOrder(_failed)], [.. InOrder(_sample)]);

    private static void Keep<TPriority>(
        PriorityQueue<TransactionEvent, TPriority> kept, PriorityQueue<TransactionEvent, TPriority> others, int most)
    {
        foreach (var (transaction, priority) in others.UnorderedItems)
        {
            Keep(kept, transaction, priority, most);
        }
    }

    private static void Keep<TPriority>(
        PriorityQueue<TransactionEvent, TPriority> kept, in TransactionEvent transaction, TPriority priority, int most)
    {
        if (kept.Count < most)
        {
            kept.Enqueue(transaction, priority);
        }
        else
        {
            kept.EnqueueDequeue(transaction, priority);
        }
    }

    private static IEnumerable<TransactionEvent> InOrder<TPriority>(PriorityQueue<TransactionEvent, TPriority> kept) =>
        kept.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => item.Element);

    private static ulong ChanceOf(in TransactionEvent transaction)
    {
        Span<long> numbers = [transaction.Start, BitConverter.DoubleToInt64Bits(transaction.Duration)];
        var seed = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(numbers));
        seed = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(transaction.Channel.AsSpan()), (long)seed);
        seed = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(transaction.Region.AsSpan()), (long)seed);
        return XxHash3.HashToUInt64(MemoryMarshal.AsBytes(transaction.Id.AsSpan()), (long)seed);
    }
}
