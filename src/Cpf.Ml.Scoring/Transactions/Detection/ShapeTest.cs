using System.Numerics;
using System.Runtime.InteropServices;
using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Scoring.Transactions.Detection;

/// <summary>A discord test: distance of the shape of the last 24 values from the most similar one in the 1 800 values
/// before, 30 hours of minutes.</summary>
/// <remarks>
/// <para>
/// The distance between two windows is the root mean square of their difference after each is centred on its mean, so
/// that the shape counts and not the level. The library has 600 windows, one every third value, none of which overlaps
/// the last 24 values.
/// </para>
/// <para>
/// References: Keogh, Lin and Fu (2005), <i>HOT SAX: efficiently finding the most unusual time series subsequence</i>;
/// Lu et al. (2022), <i>Matrix Profile XXIV</i> (DAMP), for discords by the past alone.
/// </para>
/// <para>Memory 7.5 KB; 15 000 multiplications a value. Applied to series that a person has marked as
/// important.</para>
/// </remarks>
internal sealed class ShapeTest
{
    /// <summary>Values in a window.</summary>
    public const int Length = 24;
    private const int Stride = 3;
    private const int Library = 600;

    /// <summary>The library, a gap of one window, and the latest window except for the value that is
    /// tested.</summary>
    private const int Kept = (Library * Stride) + (2 * Length);

    /// <summary>With fewer windows in the library the distance is 0.</summary>
    private const int MinWindows = 100;

    private readonly float[] _values = new float[Kept];
    private readonly LogHistogram _distances = new();
    private double _origin;
    private int _count;

    /// <summary>Distance from the most similar window of the past, on the scale of the kind; 0 before there are
    /// 100.</summary>
    /// <param name="x">The next value, on the scale of the kind.</param>
    public double Distance(double x)
    {
        var windows = (_count - (2 * Length) + 1) / Stride;
        if (windows < MinWindows)
        {
            return 0;
        }

        Span<float> query = stackalloc float[Length];
        _values.AsSpan(Kept - Length + 1).CopyTo(query);
        query[^1] = (float)(x - _origin);
        Centre(query);
        var least = float.MaxValue;
        var last = Kept - Length + 1 - Length;
        for (var i = 0; i < windows && least > 0; i++)
        {
            least = Math.Min(least, Squares(query, _values.AsSpan(last - (i * Stride), Length)));
        }

        return Math.Sqrt(least / Length);
    }

    /// <summary>The surprisal of a distance; see <see cref="LogHistogram.Surprisal"/>.</summary>
    public double Surprisal(double distance) => _distances.Surprisal(distance);

    /// <summary>Adds a distance to their distribution; 0 is none.</summary>
    public void AddDistance(double distance)
    {
        if (distance > 0)
        {
            _distances.Add(distance);
        }
    }

    /// <summary>Appends a value to the library.</summary>
    /// <param name="x">As it was learned, on the scale of the kind.</param>
    public void Add(double x)
    {
        _origin = _count == 0 ? x : _origin;
        _values.AsSpan(1).CopyTo(_values);
        _values[^1] = (float)(x - _origin);
        _count = Math.Min(Kept, _count + 1);
    }

    public void Write(StateWriter writer)
    {
        writer.Double(_origin);
        writer.Int64(_count);
        writer.Array<float>(_values);
        _distances.Write(writer);
    }

    public void Read(ref StateReader reader)
    {
        (_origin, _count) = (reader.Double(), (int)reader.Int64());
        reader.Array<float>(_values);
        _distances.Read(ref reader);
    }

    private static void Centre(Span<float> window)
    {
        var sum = 0f;
        foreach (var value in window)
        {
            sum += value;
        }

        foreach (ref var value in window)
        {
            value -= sum / Length;
        }
    }

    /// <summary>Sum of squared differences between a centred window and one that is not: Σ(q − w)² − n·(mean of q −
    /// w)².</summary>
    private static float Squares(ReadOnlySpan<float> query, ReadOnlySpan<float> window)
    {
        var (squares, sums) = (Vector<float>.Zero, Vector<float>.Zero);
        var queries = MemoryMarshal.Cast<float, Vector<float>>(query);
        var windows = MemoryMarshal.Cast<float, Vector<float>>(window);
        for (var i = 0; i < windows.Length; i++)
        {
            var difference = queries[i] - windows[i];
            squares += difference * difference;
            sums += difference;
        }

        var sum = Vector.Sum(sums);
        return Math.Max(0, Vector.Sum(squares) - (sum * sum / Length));
    }
}
