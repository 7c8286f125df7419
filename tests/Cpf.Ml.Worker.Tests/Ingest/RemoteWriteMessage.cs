using System.Buffers.Binary;
using System.Text;

namespace Cpf.Ml.Worker.Tests.Ingest;

/// <summary>Writes the protobuf messages that a remote_write sender sends.</summary>
internal sealed class RemoteWriteMessage
{
    private readonly List<byte> _message = [];

    public byte[] ToArray() => [.. _message];

    public RemoteWriteMessage Series(
        (string Name, string Value)[] labels, params (long Timestamp, double Value)[] samples)
    {
        using var series = new MemoryStream();
        foreach (var (name, value) in labels)
        {
            using var label = new MemoryStream();
            Field(label, 1, Encoding.UTF8.GetBytes(name));
            Field(label, 2, Encoding.UTF8.GetBytes(value));
            Field(series, 1, label.ToArray());
        }

        foreach (var (timestamp, value) in samples)
        {
            Field(series, 2, Sample(timestamp, value));
        }

        return Other(1, series.ToArray());
    }

    /// <summary>A field of the request itself: 3 is metadata.</summary>
    public RemoteWriteMessage Other(int field, params byte[] content)
    {
        using var part = new MemoryStream();
        Field(part, field, content);
        _message.AddRange(part.ToArray());
        return this;
    }

    private static byte[] Sample(long timestamp, double value)
    {
        using var sample = new MemoryStream();
        Span<byte> bits = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bits, value);
        sample.WriteByte((1 << 3) | 1);
        sample.Write(bits);
        sample.WriteByte(2 << 3);
        Varint(sample, unchecked((ulong)timestamp));
        return sample.ToArray();
    }

    private static void Field(MemoryStream stream, int field, byte[] content)
    {
        Varint(stream, (ulong)((field << 3) | 2));
        Varint(stream, (ulong)content.Length);
        stream.Write(content);
    }

    private static void Varint(MemoryStream stream, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            stream.WriteByte((byte)(value | 0x80));
        }

        stream.WriteByte((byte)value);
    }
}
