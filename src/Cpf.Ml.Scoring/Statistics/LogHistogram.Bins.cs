using System.Numerics;
using System.Runtime.InteropServices;

namespace Cpf.Ml.Scoring.Statistics;

/// <summary>The bins: their counts, the range that they span, and their state.</summary>
/// <remarks>
/// Bin edges are absolute. The window of 95 bins slides upwards for a larger value, but never so far that the median
/// would leave it, and is centred anew when nearly all values lie below it: one extreme value cannot blind the
/// histogram. All counts are halved when one is full, so that a very old past fades.
/// </remarks>
internal sealed partial class LogHistogram
{
    /// <summary>Bin 0 holds zeros; 95 more span a factor of 14 million.</summary>
    private const int Bins = 96;

    /// <summary>Four weeks at one point a minute; beyond that all counts are halved.</summary>
    private const int Limit = 40_000;

    /// <summary>The bin of the first value, and the lowest that the median may slide to.</summary>
    private const int FirstBin = 48;
    private const int MinMedianBin = 8;

    /// <summary>A double's bits, shifted by this, are its exponent and the two highest bits of its mantissa: a
    /// quarter-octave.</summary>
    private const int BinShift = 50;

    private readonly ushort[] _counts = new ushort[Bins];
    private int _lowest;
    private int _total;

    /// <summary>No bin above this one holds a value: scans from the top start here. Follows from the counts.</summary>
    private int _highest;

    /// <summary>Adds a value to the distribution.</summary>
    /// <param name="value">Non-negative and finite.</param>
    public void Add(double value)
    {
        var bin = BinOf(value);
        if (bin != 0)
        {
            _lowest = _lowest == 0 ? bin - FirstBin : _lowest;
            SlideUp(bin - _lowest - (Bins - 2));
            Recentre(bin);
        }

        var index = Index(bin);
        _highest = Math.Max(_highest, index);
        ref var count = ref _counts[index];
        if (count == ushort.MaxValue || _total >= Limit)
        {
            Halve();
        }

        count++;
        _total++;
    }

    public void Write(StateWriter writer)
    {
        writer.Int64(_lowest);
        writer.Int64(_total);
        writer.Array<ushort>(_counts);
    }

    public void Read(ref StateReader reader)
    {
        _lowest = (int)reader.Int64();
        _total = (int)reader.Int64();
        reader.Array<ushort>(_counts);
        _highest = Math.Max(0, _counts.AsSpan().LastIndexOfAnyExcept((ushort)0));
    }

    /// <summary>Moves the window up by as many bins as are needed and the median allows.</summary>
    private void SlideUp(int needed)
    {
        if (needed <= 0)
        {
            return;
        }

        // A histogram of zeros only may slide without limit.
        Threshold((_total + 1) / 2, out var median, out _);
        var step = median == 0 ? needed : Math.Min(needed, median - MinMedianBin);
        if (step <= 0)
        {
            return;
        }

        var merged = Sum(_counts.AsSpan(1, Math.Min(step + 1, Bins - 1)));
        for (var i = 2; i < Bins; i++)
        {
            _counts[i] = i + step < Bins ? _counts[i + step] : (ushort)0;
        }

        _counts[1] = (ushort)Math.Min(merged, ushort.MaxValue);
        _lowest += step;
        Recount();
    }

    /// <summary>A window that all but a few values lie below no longer resolves them: it is centred on this
    /// one.</summary>
    private void Recentre(int bin)
    {
        if (bin >= _lowest || _counts[1] * TailShare < _total - _counts[0] - _counts[1])
        {
            return;
        }

        var step = _lowest - (bin - FirstBin);
        var merged = Sum(_counts.AsSpan(Math.Max(2, Bins - 1 - step)));
        for (var i = Bins - 2; i > 1; i--)
        {
            _counts[i] = i - step > 1 ? _counts[i - step] : (ushort)0;
        }

        // The values below the window were about as large as this one.
        (_counts[FirstBin + 1], _counts[1]) = (_counts[1], 0);
        _counts[Bins - 1] = (ushort)Math.Min(merged, ushort.MaxValue);
        _lowest -= step;
        Recount();
    }

    private void Halve()
    {
        foreach (ref var count in _counts.AsSpan())
        {
            count /= 2;
        }

        Recount();
    }

    private void Recount()
    {
        _total = Sum(_counts);
        _highest = Math.Max(0, _counts.AsSpan().LastIndexOfAnyExcept((ushort)0));
    }

    private int Index(int bin) => bin == 0 ? 0 : Math.Clamp(bin - _lowest + 1, 1, Bins - 1);

    private double Lower(int index) =>
        index == 0 ? 0 : BitConverter.Int64BitsToDouble((long)(_lowest + index - 1) << BinShift);

    private double Upper(int index) =>
        index == 0 ? 0 : BitConverter.Int64BitsToDouble((long)(_lowest + index) << BinShift);

    private static int BinOf(double value) => (int)(BitConverter.DoubleToInt64Bits(value) >> BinShift);

    private static int Sum(ReadOnlySpan<ushort> counts)
    {
        var lanes = Vector<uint>.Zero;
        var vectors = MemoryMarshal.Cast<ushort, Vector<ushort>>(counts);
        foreach (var vector in vectors)
        {
            Vector.Widen(vector, out var low, out var high);
            lanes += low + high;
        }

        var sum = (int)Vector.Sum(lanes);
        foreach (var count in counts[(vectors.Length * Vector<ushort>.Count)..])
        {
            sum += count;
        }

        return sum;
    }
}
