using System.Buffers;
using System.Text;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Scoring.Transactions;

public sealed partial class TransactionAggregator : ISnapshot<TransactionAggregator, TransactionAggregatorOptions>
{
    private const byte Version = 1;

    /// <summary>Longest text that a state may hold, in bytes: a damaged length must not ask for gigabytes.</summary>
    private const int LongestText = 1 << 16;

    /// <inheritdoc/>
    public void Snapshot(IBufferWriter<byte> destination)
    {
        var writer = new StateWriter(destination);
        writer.Byte(Version);
        writer.Int64(_firstOpen);
        writer.Int64(_firstComplete);
        writer.Int64(_groups.Count);
        foreach (var (group, seen) in _groups.OrderBy(pair => pair.Key, TransactionGroupOrder.Instance))
        {
            Write(writer, group);
            writer.Array([seen.First, seen.Last]);
        }

        writer.Int64(_open.Count);
        foreach (var (minute, open) in _open)
        {
            writer.Int64(minute);
            Write(writer, open);
        }

        writer.Int64(_closed.Count);
        foreach (var closed in _closed)
        {
            Write(writer, closed.Group);
            writer.Array([closed.Minute, closed.Count, closed.Failures]);
            writer.Array([closed.P50, closed.P95, closed.P99]);
        }
    }

    /// <inheritdoc/>
    public static TransactionAggregator Restore(TransactionAggregatorOptions options, ReadOnlySpan<byte> state)
    {
        var reader = new StateReader(state);
        var version = reader.Byte();
        if (version != Version)
        {
            throw new ModelFormatException($"Open transaction windows have format {version}, this program knows {Version}.");
        }

        var restored = new TransactionAggregator(options, 0) { _firstOpen = reader.Int64(), _firstComplete = reader.Int64() };
        for (var left = reader.Int64(); left > 0; left--)
        {
            var group = ReadGroup(ref reader);
            restored._groups[group] = new Seen(reader.Int64(), reader.Int64());
        }

        for (var left = reader.Int64(); left > 0; left--)
        {
            var minute = reader.Int64();
            restored._open[minute] = ReadOpen(ref reader);
        }

        for (var left = reader.Int64(); left > 0; left--)
        {
            var group = ReadGroup(ref reader);
            restored._closed.Enqueue(new TransactionMinute(
                group, reader.Int64(), reader.Int64(), reader.Int64(), reader.Double(), reader.Double(), reader.Double()));
        }

        reader.End();
        return restored;
    }

    private static void Write(StateWriter writer, OpenMinute open)
    {
        writer.Int64(open.Ids.Count);
        foreach (var id in open.Ids)
        {
            Write(writer, id);
        }

        writer.Int64(open.Windows.Count);
        foreach (var (group, window) in open.Windows)
        {
            Write(writer, group);
            window.Snapshot(writer);
        }
    }

    private static OpenMinute ReadOpen(ref StateReader reader)
    {
        var open = new OpenMinute();
        for (var left = reader.Int64(); left > 0; left--)
        {
            open.Ids.Add(ReadText(ref reader));
        }

        for (var left = reader.Int64(); left > 0; left--)
        {
            var group = ReadGroup(ref reader);
            var window = new TransactionWindow();
            window.Restore(ref reader);
            open.Windows[group] = window;
        }

        return open;
    }

    private static void Write(StateWriter writer, TransactionGroup group)
    {
        Write(writer, group.Service);
        Write(writer, group.Operation);
        Write(writer, group.Channel);
        Write(writer, group.Region);
    }

    private static TransactionGroup ReadGroup(ref StateReader reader) =>
        new(ReadText(ref reader), ReadText(ref reader), ReadText(ref reader), ReadText(ref reader));

    private static void Write(StateWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Int64(bytes.Length);
        writer.Array<byte>(bytes);
    }

    private static string ReadText(ref StateReader reader)
    {
        var length = reader.Int64();
        if (length is < 0 or > LongestText)
        {
            throw new ModelFormatException($"A text in the open transaction windows claims {length} bytes.");
        }

        var bytes = new byte[length];
        reader.Array<byte>(bytes);
        return Encoding.UTF8.GetString(bytes);
    }
}
