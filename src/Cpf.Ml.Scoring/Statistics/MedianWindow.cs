using System.Numerics;
using System.Runtime.InteropServices;

namespace Cpf.Ml.Scoring.Statistics;

/// <summary>The median of the last few values: a ring buffer with a sorted copy. O(length) a value, in moves of
/// contiguous memory.</summary>
internal sealed class MedianWindow
{
    private readonly double[] _ring;

    /// <summary>Padded to whole vectors; infinite where no value is held.</summary>
    private readonly double[] _sorted;
    private int _count;
    private int _next;

    /// <param name="length">Values in the window, at least 1.</param>
    public MedianWindow(int length)
    {
        _ring = new double[length];
        _sorted = new double[(length + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count];
        _sorted.AsSpan().Fill(double.PositiveInfinity);
    }

    /// <summary>NaN before the first value.</summary>
    public double Median => _count == 0
        ? double.NaN
        : (_count & 1) == 1
            ? _sorted[_count / 2]
            : (_sorted[(_count / 2) - 1] + _sorted[_count / 2]) / 2;

    /// <summary>The values held, smallest first.</summary>
    public ReadOnlySpan<double> Sorted => _sorted.AsSpan(0, _count);

    public void Clear()
    {
        (_count, _next) = (0, 0);
        _ring.AsSpan().Clear();
        _sorted.AsSpan().Fill(double.PositiveInfinity);
    }

    /// <summary>Adds to every value that is held.</summary>
    public void Move(double shift)
    {
        foreach (ref var value in _ring.AsSpan(0, _count))
        {
            value += shift;
        }

        foreach (ref var value in _sorted.AsSpan(0, _count))
        {
            value += shift;
        }
    }

    /// <summary>Adds a value in place of the oldest.</summary>
    /// <param name="value">Finite.</param>
    public void Add(double value)
    {
        // The slot of the oldest value, or the first free one, moves to the rank of the new value.
        var free = _count == _ring.Length ? RankOf(_ring[_next]) : _count++;
        var rank = RankOf(value);
        if (free < rank)
        {
            rank--;
            Array.Copy(_sorted, free + 1, _sorted, free, rank - free);
        }
        else
        {
            Array.Copy(_sorted, rank, _sorted, rank + 1, free - rank);
        }

        _sorted[rank] = value;
        _ring[_next] = value;
        _next = _next + 1 == _ring.Length ? 0 : _next + 1;
    }

    public void Write(StateWriter writer)
    {
        writer.Int64(_count);
        writer.Int64(_next);
        writer.Array<double>(_ring);
    }

    public void Read(ref StateReader reader)
    {
        _count = (int)reader.Int64();
        _next = (int)reader.Int64();
        reader.Array<double>(_ring);
        Array.Copy(_ring, _sorted, _count);
        Array.Sort(_sorted, 0, _count);
    }

    /// <summary>Number of smaller values: counting so few without a branch is faster than a binary search.</summary>
    private int RankOf(double value)
    {
        var counts = Vector<long>.Zero;
        var bound = new Vector<double>(value);
        foreach (var vector in MemoryMarshal.Cast<double, Vector<double>>(_sorted))
        {
            counts -= Vector.LessThan(vector, bound);
        }

        return (int)Vector.Sum(counts);
    }
}
