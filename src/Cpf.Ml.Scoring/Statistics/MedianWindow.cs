namespace Cpf.Ml.Scoring.Statistics;

/// <summary>The median of the last few values: a sorted copy beside a ring, O(length) moves of neighbouring memory a value.</summary>
internal sealed class MedianWindow(int length)
{
    private readonly double[] _ring = new double[length];
    private readonly double[] _sorted = new double[length];
    private int _count;
    private int _next;

    /// <summary>NaN before the first value.</summary>
    public double Median => _count == 0
        ? double.NaN
        : (_count & 1) == 1
            ? _sorted[_count / 2]
            : (_sorted[(_count / 2) - 1] + _sorted[_count / 2]) / 2;

    /// <param name="value">Finite.</param>
    public void Add(double value)
    {
        var held = _count;
        if (held == _ring.Length)
        {
            held--;
            var gone = Array.BinarySearch(_sorted, _ring[_next]);
            Array.Copy(_sorted, gone + 1, _sorted, gone, held - gone);
        }
        else
        {
            _count++;
        }

        var at = Array.BinarySearch(_sorted, 0, held, value);
        at = at < 0 ? ~at : at;
        Array.Copy(_sorted, at, _sorted, at + 1, held - at);
        _sorted[at] = value;
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
}
