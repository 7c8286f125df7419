using System.Numerics;
using System.Runtime.InteropServices;

namespace Cpf.Ml.Scoring.Statistics;

/// <summary>The median of the last few values: a sorted copy beside a ring, O(length) moves of neighbouring memory a
/// value.</summary>
internal sealed class MedianWindow
{
    private readonly double[] _ring;

    /// <summary>Whole vectors; infinite where no value is held.</summary>
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

    /// <summary>Those held, smallest first.</summary>
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

    /// <param name="value">Finite.</param>
    public void Add(double value)
    {
        // The place that the oldest value leaves, or the first that none holds, moves to where the new one belongs.
        var free = _count == _ring.Length ? Below(_ring[_next]) : _count++;
        var place = Below(value);
        if (free < place)
        {
            place--;
            Array.Copy(_sorted, free + 1, _sorted, free, place - free);
        }
        else
        {
            Array.Copy(_sorted, place, _sorted, place + 1, free - place);
        }

        _sorted[place] = value;
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

    /// <summary>How many values are smaller: to count so few without a branch is faster than to search among
    /// them.</summary>
    private int Below(double value)
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
