using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Cpf.Ml.Scoring.Transactions.Minutes;

/// <summary>Picks the <see cref="TransactionExamples"/> of a minute from the stream of its transactions. O(1) a
/// transaction. One writer.</summary>
/// <remarks>The random priority is a hash of the transaction, so that a replay after a restart picks the same
/// ones.</remarks>
public sealed class ExamplePicker
{
    private const int MaxExamples = 5;

    /// <summary>Four a minute are 40 000 in a week: as many as a <see cref="Statistics.LogHistogram"/> holds before its
    /// counts are halved.</summary>
    private const int SampleSize = 4;

    private readonly PriorityQueue<TransactionEvent, (double Duration, ulong Random)> _slowest = new();
    private readonly PriorityQueue<TransactionEvent, ulong> _failed = new();
    private readonly PriorityQueue<TransactionEvent, ulong> _sample = new();

    /// <summary>Adds a transaction.</summary>
    /// <param name="transaction">One of the minute and operation.</param>
    public void Add(in TransactionEvent transaction)
    {
        var random = RandomOf(transaction);
        Keep(_slowest, transaction, (transaction.Duration, random), MaxExamples);
        Keep(_sample, transaction, random, SampleSize);
        if (transaction.Failed)
        {
            Keep(_failed, transaction, random, MaxExamples);
        }
    }

    /// <summary>Adds the transactions of another picker, with the same result as adding each.</summary>
    /// <param name="other">A picker of the same minute and operation.</param>
    public void Merge(ExamplePicker other)
    {
        Keep(_slowest, other._slowest, MaxExamples);
        Keep(_failed, other._failed, MaxExamples);
        Keep(_sample, other._sample, SampleSize);
    }

    /// <summary>The examples of the transactions added so far.</summary>
    public TransactionExamples Pick() => new([.. InOrder(_slowest)], [.. InOrder(_failed)], [.. InOrder(_sample)]);

    private static void Keep<TPriority>(
        PriorityQueue<TransactionEvent, TPriority> kept, PriorityQueue<TransactionEvent, TPriority> others, int max)
    {
        foreach (var (transaction, priority) in others.UnorderedItems)
        {
            Keep(kept, transaction, priority, max);
        }
    }

    private static void Keep<TPriority>(
        PriorityQueue<TransactionEvent, TPriority> kept, in TransactionEvent transaction, TPriority priority, int max)
    {
        if (kept.Count < max)
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

    private static ulong RandomOf(in TransactionEvent transaction)
    {
        Span<long> numbers = [transaction.Start, BitConverter.DoubleToInt64Bits(transaction.Duration)];
        var seed = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(numbers));
        seed = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(transaction.Channel.AsSpan()), (long)seed);
        seed = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(transaction.Region.AsSpan()), (long)seed);
        return XxHash3.HashToUInt64(MemoryMarshal.AsBytes(transaction.Id.AsSpan()), (long)seed);
    }
}
