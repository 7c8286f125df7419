using System.Buffers;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Scoring.Transactions.Minutes;

public sealed partial class TransactionAggregator : ISnapshot<TransactionAggregator, TransactionAggregatorOptions>
{
    /// <summary>Version 1 held the open minutes too; from its state it cannot be known which events are still to be
    /// added, so it is refused.</summary>
    private const byte Version = 2;

    /// <summary>Writes which minutes are acknowledged and which groups exist. Events of later minutes are not in the
    /// state.</summary>
    /// <param name="destination">Where the state is written.</param>
    public void Snapshot(IBufferWriter<byte> destination)
    {
        var writer = new StateWriter(destination);
        writer.Byte(Version);
        writer.Array([FirstPending, NewestAcknowledged, _incomplete.From, _incomplete.Until, _groups.Count]);
        foreach (var (group, seen) in _groups.OrderBy(pair => pair.Key, TransactionGroupOrder.Instance))
        {
            Write(writer, group);
            writer.Array([seen.First, seen.Last]);
        }
    }

    /// <inheritdoc/>
    public static TransactionAggregator Restore(TransactionAggregatorOptions options, ReadOnlySpan<byte> state)
    {
        var reader = new StateReader(state);
        var version = reader.Byte();
        if (version != Version)
        {
            throw new ModelFormatException(
                $"The state of the transaction aggregator has format {version}; this program reads format {Version}.");
        }

        var restored = new TransactionAggregator(options, 0)
        {
            _firstOpen = reader.Int64(),
            _newestReported = reader.Int64(),
            _incomplete = (reader.Int64(), reader.Int64()),
        };
        for (var left = reader.Int64(); left > 0; left--)
        {
            var group = ReadGroup(ref reader);
            restored._groups[group] = new Seen(reader.Int64(), reader.Int64());
        }

        reader.End();
        return restored;
    }

    /// <summary>Minutes that are closed but not acknowledged are aggregated again after a restoration, and reported
    /// then.</summary>
    private long NewestAcknowledged =>
        _closed.TryPeek(out var oldest) ? Math.Min(_newestReported, oldest.Minute - MinuteLength) : _newestReported;

    private static void Write(StateWriter writer, TransactionGroup group)
    {
        writer.Text(group.Service);
        writer.Text(group.Operation);
        writer.Text(group.Channel);
        writer.Text(group.Region);
    }

    private static TransactionGroup ReadGroup(ref StateReader reader) =>
        new(reader.Text(), reader.Text(), reader.Text(), reader.Text());
}
