using System.Buffers.Binary;

namespace Cpf.Ml.Worker.Ingest.RemoteWrite;

/// <summary>Reads Protocol Buffers wire format in place, without copying.</summary>
/// <remarks>Reference: protobuf.dev/programming-guides/encoding. Every method throws <see cref="WireFormatException"/>
/// on input that is cut short or wrong.</remarks>
internal ref struct WireReader(ReadOnlySpan<byte> message)
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Length = 2;
    private const int Fixed32 = 5;

    private readonly ReadOnlySpan<byte> _message = message;

    /// <summary>Bytes read.</summary>
    public int Position { get; private set; }

    public readonly bool End => Position == _message.Length;

    /// <summary>Field number × 8 + wire type.</summary>
    public uint ReadTag()
    {
        var tag = ReadVarint();
        return tag is >= 8 and <= uint.MaxValue ? (uint)tag : throw Wrong("a field number that cannot be");
    }

    public ulong ReadVarint()
    {
        var result = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (Position == _message.Length)
            {
                throw Wrong("the end of the message inside a number");
            }

            var part = _message[Position++];
            result |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return result;
            }
        }

        throw Wrong("a number of more than ten bytes");
    }

    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    /// <summary>A text or a nested message.</summary>
    public ReadOnlySpan<byte> ReadBytes() => Take(ReadVarint());

    /// <summary>Skips the value of a field that is not needed.</summary>
    public void Skip(uint tag)
    {
        switch (tag & 7)
        {
            case Varint:
                ReadVarint();
                break;
            case Fixed64:
                Take(8);
                break;
            case Length:
                ReadBytes();
                break;
            case Fixed32:
                Take(4);
                break;
            default:
                throw Wrong($"wire type {tag & 7}");
        }
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)(_message.Length - Position))
        {
            throw Wrong($"a field of {count} bytes where {_message.Length - Position} are left");
        }

        var taken = _message.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    private readonly WireFormatException Wrong(string found) => new($"At byte {Position}: {found}.");
}

/// <summary>The message is not what it claims to be; the text says where and why.</summary>
internal sealed class WireFormatException(string message) : Exception(message);
