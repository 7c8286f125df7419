using System.Buffers;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Statistics;
using Cpf.Ml.Scoring.Transactions.Minutes;

namespace Cpf.Ml.Scoring.Transactions.Durations;

/// <summary>Scores the durations of single transactions, each operation by its own past.</summary>
/// <remarks>
/// A score is that of one transaction: among a thousand ordinary ones the slowest has 60 on average. It says that the
/// transaction was slow for its operation, hour and load, not who or what made it slow. One writer.
/// </remarks>
public sealed class DurationTails
{
    private const byte Version = 1;

    /// <summary>Unix milliseconds: a week and a day without a transaction, as for the groups of a
    /// <see cref="TransactionAggregator"/>.</summary>
    private const long Memory = 8 * 86_400_000L;

    private readonly SortedDictionary<TransactionGroup, DurationTail> _tails = new(TransactionGroupOrder.Instance);

    /// <summary>Operations with a state.</summary>
    public int Count => _tails.Count;

    /// <summary>Scores the examples of a minute by what was learned before it, then learns it unless it was
    /// abnormal.</summary>
    /// <param name="minute">Of a whole operation; one that is not newer than the last is scored again and not
    /// learned.</param>
    /// <param name="context">What was expected of the minute.</param>
    /// <returns>The slowest transactions and those that failed, each once, the rarest first.</returns>
    public IReadOnlyList<ScoredTransaction> ScoreAndLearn(in TransactionMinute minute, in TransactionContext context)
    {
        if (!_tails.TryGetValue(minute.Group, out var tail))
        {
            _tails[minute.Group] = tail = new DurationTail();
        }

        var expected = tail.ExpectedMedian(context);
        var scored = new List<ScoredTransaction>();
        foreach (var transaction in minute.Examples.Slowest.Union(minute.Examples.Failed))
        {
            scored.Add(new ScoredTransaction(
                transaction, expected > 0 ? expected : null, tail.PValue(transaction.Duration, context)));
        }

        tail.Learn(minute, context);
        return [.. scored.OrderBy(transaction => transaction.PValue ?? 1)
            .ThenByDescending(transaction => transaction.Transaction.Duration)];
    }

    /// <summary>Appends the state; its first byte is the format's version. Operations without a transaction in the last
    /// eight days are dropped.</summary>
    /// <param name="destination">Where the state is written.</param>
    public void Snapshot(IBufferWriter<byte> destination)
    {
        var newest = _tails.Values.Select(tail => tail.Newest).DefaultIfEmpty().Max();
        foreach (var group in _tails.Where(tail => newest - tail.Value.Newest > Memory)
            .Select(tail => tail.Key).ToList())
        {
            _tails.Remove(group);
        }

        var writer = new StateWriter(destination);
        writer.Byte(Version);
        writer.Int64(_tails.Count);
        foreach (var (group, tail) in _tails)
        {
            writer.Text(group.Service);
            writer.Text(group.Operation);
            tail.Write(writer);
        }
    }

    /// <summary>Reads a state of <see cref="Snapshot"/>.</summary>
    /// <param name="state">The whole state.</param>
    /// <exception cref="ModelFormatException">The version is unknown, or the state is damaged.</exception>
    public static DurationTails Restore(ReadOnlySpan<byte> state)
    {
        var reader = new StateReader(state);
        var version = reader.Byte();
        if (version != Version)
        {
            throw new ModelFormatException(
                $"The state of single transactions has format {version}; this program reads format {Version}.");
        }

        var restored = new DurationTails();
        for (var left = reader.Int64(); left > 0; left--)
        {
            restored._tails[new TransactionGroup(reader.Text(), reader.Text())] = DurationTail.Read(ref reader);
        }

        reader.End();
        return restored;
    }
}
