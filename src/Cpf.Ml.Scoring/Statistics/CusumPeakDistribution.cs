namespace Cpf.Ml.Scoring.Statistics;

/// <summary>Distribution of the peaks that a CUSUM statistic has reached before it fell back to zero: how high it
/// climbs without a change.</summary>
/// <remarks>
/// <para>
/// Peaks of a CUSUM statistic have an exponential tail (Siegmund 1985, <i>Sequential Analysis</i>, chapter 10). The
/// tail's slope is estimated between two high quantiles, not from the mean: a few real incidents do not move them, and
/// many short excursions do not mask them.
/// </para>
/// <para>Memory about 280 bytes, O(1) a point.</para>
/// </remarks>
internal sealed class CusumPeakDistribution
{
    private const int Bins = 128;
    private const double Width = 0.1;

    /// <summary>The slope is estimated between the quantile of the 20 highest peaks, but at most a twentieth of all,
    /// and that of ten times as many.</summary>
    private const int TopCount = 20;
    private const double MaxTopShare = 0.05;
    private const double Decade = 10;
    private const int MinExcursions = 40;

    private readonly ushort[] _peaks = new ushort[Bins];
    private int _excursions;
    private long _points;
    private double _peak;

    /// <summary>Takes in the statistic after each point; a return to zero ends an excursion.</summary>
    /// <param name="statistic">Non-negative.</param>
    public void Add(double statistic)
    {
        _points++;
        if (statistic > 0)
        {
            _peak = Math.Max(_peak, statistic);
            return;
        }

        if (_peak <= 0)
        {
            return;
        }

        ref var count = ref _peaks[Math.Min(Bins - 1, (int)(_peak / Width))];
        if (count == ushort.MaxValue)
        {
            Halve();
        }

        count++;
        _excursions++;
        _peak = 0;
    }

    /// <summary>The height that peaks exceed once in 1/<paramref name="rate"/> points.</summary>
    /// <param name="rate">Peaks allowed a point, in (0, 1).</param>
    /// <returns>In the unit of the statistic; 0 with fewer than 40 excursions.</returns>
    public double ReturnLevel(double rate)
    {
        if (_excursions < MinExcursions)
        {
            return 0;
        }

        var top = Math.Min(MaxTopShare, (double)TopCount / _excursions);
        var (high, low) = (Quantile(top), Quantile(Decade * top));
        var slope = (high - low) / Math.Log(Decade);
        return high + (slope * Math.Log(Math.Max(1, top * _excursions / (_points * rate))));
    }

    public void Write(StateWriter writer)
    {
        writer.Array<ushort>(_peaks);
        writer.Array<long>([_excursions, _points]);
        writer.Double(_peak);
    }

    public void Read(ref StateReader reader)
    {
        reader.Array<ushort>(_peaks);
        (_excursions, _points) = ((int)reader.Int64(), reader.Int64());
        _peak = reader.Double();
    }

    /// <summary>The height that a share of the peaks exceeds.</summary>
    private double Quantile(double share)
    {
        var wanted = share * _excursions;
        var above = 0.0;
        for (var i = Bins - 1; i > 0; i--)
        {
            if (above + _peaks[i] >= wanted)
            {
                return (i + 1 - ((wanted - above) / _peaks[i])) * Width;
            }

            above += _peaks[i];
        }

        return 0;
    }

    private void Halve()
    {
        _points /= 2;
        _excursions = 0;
        foreach (ref var count in _peaks.AsSpan())
        {
            count /= 2;
            _excursions += count;
        }
    }
}
