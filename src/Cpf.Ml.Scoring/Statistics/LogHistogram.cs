namespace Cpf.Ml.Scoring.Statistics;

/// <summary>
/// The empirical distribution of a non-negative test statistic, in bins a quarter-octave wide. Turns a value into its
/// surprisal, −log₁₀ of its p-value.
/// </summary>
/// <remarks>
/// <para>
/// The p-value is the conformal rank (Vovk, Gammerman, Shafer 2005, <i>Algorithmic Learning in a Random World</i>), and
/// in the top 2 % that of a <see cref="ParetoTail"/>, because a rank cannot be below 1/(n + 1).
/// </para>
/// <para>Memory about 220 bytes, O(1).</para>
/// </remarks>
internal sealed partial class LogHistogram
{
    /// <summary>P-values are not resolved below 1 in a million.</summary>
    public const double MaxSurprisal = 6;

    /// <summary>With fewer values the rank is not informative.</summary>
    private const int MinCount = 30;

    /// <summary>The share of the values that the tail is fitted on, and the number of values that it needs at
    /// least.</summary>
    private const double TailShare = 0.02;
    private const int MinTailCount = 10;

    /// <summary>At least 30 values have been added, so that a rank among them is informative.</summary>
    public bool IsWarm => _total >= MinCount;

    /// <summary>−log₁₀ of the p-value, in [0, 6]; 0 with fewer than 30 values.</summary>
    /// <param name="value">Non-negative and finite.</param>
    public double Surprisal(double value)
    {
        if (!IsWarm)
        {
            return 0;
        }

        var p = PValue(value);
        return p >= 1 ? 0 : Math.Min(MaxSurprisal, -Math.Log10(p));
    }

    /// <summary>The value that a share <paramref name="p"/> of the past exceeds; NaN with fewer than 30
    /// values.</summary>
    /// <param name="p">In (0, 1).</param>
    public double UpperQuantile(double p) => UpperQuantiles(p, p).Less;

    /// <summary>Two upper quantiles at little more than the cost of one, because they share the tail.</summary>
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

    private double TailCount => Math.Max(MinTailCount, TailShare * _total);

    private double UpperQuantile(double p, double tailCount, in ParetoTail tail)
    {
        if (p * _total >= tailCount || !(tail.Mean > 0))
        {
            return Threshold(p * _total, out _, out _);
        }

        // As for the p-value, the rank bounds what the fitted tail extrapolates.
        var rank = (p * (_total + 1)) - 1;
        var quantile = tail.Quantile(p * _total / tailCount);
        return rank > 0 ? Math.Min(quantile, Threshold(rank, out _, out _)) : quantile;
    }

    private double PValue(double value)
    {
        var atLeast = AtLeast(value);
        var rank = (atLeast + 1) / (_total + 1);

        // Never above the rank: one extreme value makes the fitted tail endless.
        return atLeast < TailCount && Tail(TailCount) is { Mean: > 0 } tail
            ? Math.Min(rank, TailCount / _total * tail.Beyond(value))
            : rank;
    }

    /// <summary>Number of values at least as large, interpolated within the value's own bin.</summary>
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

    /// <summary>The value that <paramref name="count"/> values exceed, the bin it lies in, and the number of values
    /// above that bin.</summary>
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

    /// <summary>The tail of the <paramref name="count"/> largest values.</summary>
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
}
