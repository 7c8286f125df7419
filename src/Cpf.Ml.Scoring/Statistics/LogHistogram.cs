using System.Numerics;
using System.Runtime.InteropServices;

namespace Cpf.Ml.Scoring.Statistics;

/// <summary>
/// The past of a test: how often each size of a non-negative statistic came, in bins a quarter-octave wide.
/// Turns a new value into evidence, −log10 of its p-value.
/// </summary>
/// <remarks>
/// <para>
/// Bins are absolute; the window of 95 slides upwards for a larger value, but never so far that the median would leave
/// it, and starts anew when nearly all values lie below it: one monstrous value cannot make the sketch blind. Counts
/// are halved when one is full, so that a very old past fades.
/// </para>
/// <para>
/// The p-value is the conformal rank (Vovk, Gammerman, Shafer 2005), and in the top 2 % a <see cref="ParetoTail"/>,
/// because a rank cannot say more than 1/(n + 1).
/// </para>
/// <para>Memory about 220 bytes, O(1).</para>
/// </remarks>
internal sealed class LogHistogram
{
    /// <summary>Evidence is not resolved beyond 1 in a million.</summary>
    public const double EvidenceLimit = 6;

    /// <summary>Bin 0 holds zeros; 95 more span a factor of 14 million.</summary>
    private const int Bins = 96;

    /// <summary>Four weeks at one point a minute, then the past fades by halves.</summary>
    private const int Limit = 40_000;

    /// <summary>A rank among fewer values says nothing.</summary>
    private const int LeastCount = 30;

    /// <summary>The share of the past that the tail is fitted on, and the least number of values that it
    /// needs.</summary>
    private const double TailShare = 0.02;
    private const int LeastTail = 10;

    /// <summary>Where the first value lands, and how low the median may slide.</summary>
    private const int FirstBin = 48;
    private const int LowestMedianBin = 8;

    /// <summary>A double's bits, shifted by this, are its exponent and the two highest bits of its mantissa: a
    /// quarter-octave.</summary>
    private const int BinShift = 50;

    private readonly ushort[] _counts = new ushort[Bins];
    private int _lowest;
    private int _total;

    /// <summary>No bin above this one holds a value: scans from the top begin here. Follows from the counts.</summary>
    private int _highest;

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

    /// <summary>It has seen 30 values, so that a rank among them says something.</summary>
    public bool IsWarm => _total >= LeastCount;

    /// <returns>−log10 of the p-value, in [0, 6]; 0 with fewer than 30 values.</returns>
    public double Evidence(double value)
    {
        if (!IsWarm)
        {
            return 0;
        }

        var p = PValue(value);
        return p >= 1 ? 0 : Math.Min(EvidenceLimit, -Math.Log10(p));
    }

    /// <summary>The value that a share <paramref name="p"/> of the past exceeds; NaN with fewer than 30
    /// values.</summary>
    /// <param name="p">In (0, 1).</param>
    public double UpperQuantile(double p) => UpperQuantiles(p, p).Less;

    /// <summary>Two of them for little more than the price of one, because they share the tail.</summary>
    /// <param name="less">In (0, 1).</param>
    /// <param name="more">In (0, 1).</param>
    public (double Less, double More) UpperQuantiles(double less, double more)
    {
        if (!IsWarm)
        {
            return (double.NaN, double.NaN);
        }

        var tailCount = TailCount;
        var tail = Tail(tailCount);
        return (UpperQuantile(less, tailCount, tail), UpperQuantile(more, tailCount, tail));
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

    private double UpperQuantile(double p, double tailCount, in ParetoTail tail)
    {
        if (p * _total >= tailCount || !(tail.Mean > 0))
        {
            return Threshold(p * _total, out _, out _);
        }

        // As for the p-value, the rank limits what a fitted tail says.
        var rank = (p * (_total + 1)) - 1;
        var quantile = tail.Quantile(p * _total / tailCount);
        return rank > 0 ? Math.Min(quantile, Threshold(rank, out _, out _)) : quantile;
    }

    private double TailCount => Math.Max(LeastTail, TailShare * _total);

    private double PValue(double value)
    {
        var atLeast = AtLeast(value);
        var rank = (atLeast + 1) / (_total + 1);

        // Never less evidence than the rank gives: one monstrous value makes the fitted tail endless.
        return atLeast < TailCount && Tail(TailCount) is { Mean: > 0 } tail
            ? Math.Min(rank, TailCount / _total * tail.Beyond(value))
            : rank;
    }

    /// <summary>How many values are at least as large, its own bin shared out by the position within it.</summary>
    private double AtLeast(double value)
    {
        var index = Index(BinOf(value));
        if (index == 0)
        {
            return _total;
        }

        var position = Math.Clamp((value - Lower(index)) / (Upper(index) - Lower(index)), 0, 1);
        return (index < _highest ? Sum(_counts.AsSpan(index + 1, _highest - index)) : 0)
            + (_counts[index] * (1 - position));
    }

    /// <summary>The value that <paramref name="count"/> values exceed, the bin it lies in, and how many lie above that
    /// bin.</summary>
    private double Threshold(double count, out int index, out double above)
    {
        above = 0;
        for (index = _highest; index > 0; index--)
        {
            if (above + _counts[index] >= count)
            {
                return Upper(index) - ((Upper(index) - Lower(index)) * (count - above) / _counts[index]);
            }

            above += _counts[index];
        }

        return 0;
    }

    private ParetoTail Tail(double count)
    {
        var threshold = Threshold(count, out var index, out var above);

        // The part of the threshold's own bin that lies beyond it, then the bins above, each at its middle.
        var excess = (Upper(index) - threshold) / 2;
        var sum = (count - above) * excess;
        var squares = sum * excess;
        for (var i = index + 1; i <= _highest; i++)
        {
            if (_counts[i] == 0)
            {
                continue;
            }

            excess = ((Lower(i) + Upper(i)) / 2) - threshold;
            sum += _counts[i] * excess;
            squares += _counts[i] * excess * excess;
        }

        return ParetoTail.Fit(threshold, count, sum, squares);
    }

    private void SlideUp(int wanted)
    {
        if (wanted <= 0)
        {
            return;
        }

        // A sketch of zeros only may slide as far as it likes.
        Threshold((_total + 1) / 2, out var median, out _);
        var step = median == 0 ? wanted : Math.Min(wanted, median - LowestMedianBin);
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

    /// <summary>A window that all but a few values lie below tells them apart no more: it starts anew around this
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

        // What lay below the window was about here.
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
