using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Cpf.Ml.Scoring.Statistics;

/// <summary>Writes state as little-endian bytes, so that a snapshot taken on one machine is read on any
/// other.</summary>
internal readonly ref struct StateWriter(IBufferWriter<byte> destination)
{
    private readonly IBufferWriter<byte> _destination = destination;

    public void Byte(byte value)
    {
        _destination.GetSpan(1)[0] = value;
        _destination.Advance(1);
    }

    public void Int64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_destination.GetSpan(sizeof(long)), value);
        _destination.Advance(sizeof(long));
    }

    public void Double(double value) => Int64(BitConverter.DoubleToInt64Bits(value));

    public void Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Int64(bytes.Length);
        Array<byte>(bytes);
    }

    /// <summary>The length is not written: it belongs to the format's version.</summary>
    public void Array<T>(ReadOnlySpan<T> values)
        where T : unmanaged =>

        // .NET 10 runs on little-endian machines only; on another one the golden states would fail.
        _destination.Write(MemoryMarshal.AsBytes(values));
}
