using System.Buffers;
using System.Runtime.InteropServices;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>The highest score of each of the last 72 cells of ten minutes, for the estate page.</summary>
internal sealed class RecentScores
{
    public const byte NoData = 255;

    /// <summary>Bytes that <see cref="Write"/> writes.</summary>
    public const int Length = sizeof(long) + Estate.CellCount;

    private static readonly long CellMilliseconds = (long)Estate.CellLength.TotalMilliseconds;

    private readonly byte[] _cells = new byte[Estate.CellCount];
    private long _newest = -1;

    public RecentScores() => Array.Fill(_cells, NoData);

    /// <param name="timestamp">Unix milliseconds, not older than the newest before.</param>
    /// <param name="score">0–100.</param>
    public void Add(long timestamp, double score)
    {
        var cell = timestamp / CellMilliseconds;
        var skipped = _newest < 0 ? 0 : Math.Min(cell - _newest, Estate.CellCount);
        for (var i = 1; i <= skipped; i++)
        {
            _cells[(_newest + i) % Estate.CellCount] = NoData;
        }

        _newest = cell;
        ref var held = ref _cells[cell % Estate.CellCount];
        held = held == NoData ? (byte)score : Math.Max(held, (byte)score);
    }

    /// <param name="now">Unix milliseconds: the newest cell shown holds it.</param>
    /// <returns>Shape (72), oldest first.</returns>
    public byte[] Until(long now)
    {
        var last = now / CellMilliseconds;
        var cells = new byte[Estate.CellCount];
        for (var i = 0; i < Estate.CellCount; i++)
        {
            var cell = last - Estate.CellCount + 1 + i;
            cells[i] = cell > _newest || cell <= _newest - Estate.CellCount || cell < 0 ? NoData
                : _cells[cell % Estate.CellCount];
        }

        return cells;
    }

    public void Write(IBufferWriter<byte> destination)
    {
        destination.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(ref _newest)));
        destination.Write(_cells);
    }

    /// <param name="state">As written by <see cref="Write"/>.</param>
    public void Read(ReadOnlySpan<byte> state)
    {
        _newest = MemoryMarshal.Read<long>(state);
        state[sizeof(long)..Length].CopyTo(_cells);
    }
}
