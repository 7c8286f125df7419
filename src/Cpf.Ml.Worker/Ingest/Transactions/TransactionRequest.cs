using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using Cpf.Ml.Scoring.Transactions.Minutes;
using Cpf.Ml.Worker.Ingest.Settings;

namespace Cpf.Ml.Worker.Ingest.Transactions;

/// <summary>The events of one request, with the lines that they were read from, as the journal keeps them.</summary>
/// <remarks>Two requests are the same when the sender gives the same key, else when their lines are the same.</remarks>
/// <param name="sender">Requests of different senders are different.</param>
/// <param name="key">Empty when the sender gives none.</param>
internal sealed class TransactionRequest(string sender, string key) : IDisposable
{
    private readonly XxHash128 _lines = new();
    private readonly MemoryStream _packed = new();
    private GZipStream? _packing;

    public List<TransactionEvent> Events { get; } = [];

    /// <summary>When the last of its events ended, Unix milliseconds.</summary>
    public long Until { get; private set; } = long.MinValue;

    public void Add(ReadOnlySpan<byte> line, in TransactionEvent transaction)
    {
        _packing ??= new GZipStream(_packed, CompressionLevel.Fastest, leaveOpen: true);
        _packing.Write(line);
        _packing.WriteByte((byte)'\n');
        _lines.Append(line);
        _lines.Append("\n"u8);
        Events.Add(transaction);
        Until = Math.Max(Until, transaction.End);
    }

    public string Id()
    {
        var content = key.Length > 0 ? Encoding.UTF8.GetBytes(key) : _lines.GetCurrentHash();
        return Convert.ToHexStringLower(
            XxHash128.Hash([.. Encoding.UTF8.GetBytes(sender), 0, key.Length > 0 ? (byte)1 : (byte)0, .. content]));
    }

    /// <summary>To be called once, when every line is added.</summary>
    public JournalEntry Entry(DateTimeOffset receivedAt)
    {
        _packing?.Dispose();
        return new JournalEntry(Id(), receivedAt.ToUnixTimeMilliseconds(), Until, _packed.ToArray());
    }

    public static IEnumerable<TransactionEvent> Read(JournalEntry entry, TransactionSettings settings)
    {
        using var lines =
            new StreamReader(new GZipStream(new MemoryStream(entry.Lines), CompressionMode.Decompress), Encoding.UTF8);
        while (lines.ReadLine() is { } line)
        {
            yield return TransactionLine.Read(Encoding.UTF8.GetBytes(line), settings);
        }
    }

    public void Dispose()
    {
        _packing?.Dispose();
        _packed.Dispose();
    }
}
