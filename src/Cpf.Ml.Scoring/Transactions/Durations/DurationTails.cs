using System.Buffers;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Statistics;
using Cpf.Ml.Scoring.Transactions.Minutes;

namespace Cpf.Ml.Scoring.Transactions.Durations;

/// <summary>Says how unusual the durations of single transactions are, for each operation by its own past.</summary>
/// <remarks>
/// A score is of one transaction: among a thousand ordinary ones the slowest has 60 on average. What is slow for an
/// operation, its hour and its load is no verdict on who or what was slow. One writer.
/// </remarks>
public sealed class DurationTails
{
    private const byte Version = 1;

    /// <summary>Unix milliseconds: a week and a day without a transaction, as for the groups of a
    /// <see cref="TransactionAggregator"/>.</summary>
    private const long Memory = 8 * 86_400_000L;

    private readonly SortedDictionary<TransactionGroup, DurationTail> _tails = new(TransactionGroupOrder.Instance);

    /// <summary>Operations that are known.</summary>
    public int Count => _tails.Count;

    /// <summary>Judges the examples of a minute by what was known before it, then learns from it unless it was
    /// abnormal.</summary>
    /// <param name="minute">Of a whole operation; one that is not newer than the last is judged again and teaches
    /// nothing.</param>
    /// <returns>The slowest and those that failed, each once, the rarest first.</returns>
    public IReadOnlyList<JudgedTransaction> Take(in TransactionMinute minute, in TransactionSetting setting)
    {
        if (!_tails.TryGetValue(minute.Group, out var tail))
        {
            _tails[minute.Group] = tail = new DurationTail();
        }

        var usual = tail.Usual(setting);
        var judged = new List<JudgedTransaction>();
        foreach (var transaction in minute.Examples.Slowest.Union(minute.Examples.Failed))
        {
            judged.Add(new JudgedTransaction(
                transaction, usual > 0 ? usual : null, tail.PValue(transaction.Duration, setting)));
        }

        tail.Learn(minute, setting);
        return [.. judged.OrderBy(one => one.PValue ?? 1).ThenByDescending(one => one.Transaction.Duration)];
    }

    /// <summary>Appends the state; its first byte is the format's version. Operations that are gone are left
    /// out.</summary>
    public void Snapshot(IBufferWriter<byte> destination)
    {
        var newest = _tails.Values.Select(tail => tail.Newest).DefaultIfEmpty().Max();
        foreach (var gone in _tails.Where(tail => newest - tail.Value.Newest > Memory)
            .Select(tail => tail.Key).ToList())
        {
            _tails.Remove(gone);
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

    /// <exception cref="ModelFormatException">The version is unknown, or the state is damaged.</exception>
    public static DurationTails Restore(ReadOnlySpan<byte> state)
    {
        var reader = new StateReader(state);
        var version = reader.Byte();
        if (version != Version)
        {
            throw new ModelFormatException(
                $"What is known of single transactions has format {version}, this program knows {Version}.");
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
