using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Cpf.Ml.Scoring.Models;

namespace Cpf.Ml.Scoring.Statistics;

/// <summary>Reads the bytes of a <see cref="StateWriter"/>; every method throws <see cref="ModelFormatException"/> when
/// the state ends too early.</summary>
internal ref struct StateReader(ReadOnlySpan<byte> state)
{
    private readonly int _length = state.Length;
    private ReadOnlySpan<byte> _rest = state;

    public byte Byte() => Next(1)[0];

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Next(sizeof(long)));

    public double Double() => BitConverter.Int64BitsToDouble(Int64());

    public void Array<T>(scoped Span<T> values)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values);
        Next(bytes.Length).CopyTo(bytes);
    }

    public string Text()
    {
        var length = Int64();
        if (length < 0 || length > _rest.Length)
        {
            throw new ModelFormatException($"A text of the state claims {length} bytes, {_rest.Length} are left.");
        }

        return Encoding.UTF8.GetString(Next((int)length));
    }

    /// <exception cref="ModelFormatException">Bytes are left.</exception>
    public readonly void End()
    {
        if (_rest.Length > 0)
        {
            throw new ModelFormatException($"The state has {_rest.Length} bytes more than its version knows.");
        }
    }

    private ReadOnlySpan<byte> Next(int count)
    {
        if (_rest.Length < count)
        {
            throw new ModelFormatException($"The state ends after {_length} bytes, in the middle of a field.");
        }

        var bytes = _rest[..count];
        _rest = _rest[count..];
        return bytes;
    }
}
