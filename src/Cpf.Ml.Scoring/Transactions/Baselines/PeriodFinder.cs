using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Scoring.Transactions.Baselines;

/// <summary>Detects a period of less than six hours by the autocorrelation of the first two days of a series.</summary>
/// <remarks>
/// <para>
/// Day and week need no detection: their profiles cost little where there is nothing to learn. The periods here are
/// those of garbage collectors, exports, polls. The autocorrelation is that of the differences between the means of
/// equal pieces of time, in which smooth components, such as the day, and random walks leave no peak. A peak at a lag
/// and at each of its multiples, higher than 1 440 differences of noise reach, makes a period; all multiples together
/// locate it to seconds.
/// </para>
/// <para>Reference: Vlachos, Yu and Castelli (2005), <i>On periodicity detection and structural periodic
/// similarity</i>, which confirms candidates by autocorrelation.</para>
/// <para>Memory 2.9 KB during the search, none afterwards. The search is made once: 1 million
/// multiplications.</para>
/// </remarks>
internal sealed class PeriodFinder
{
    /// <summary>Two days in milliseconds: eight cycles of the longest period, six hours.</summary>
    private const long Length = 2 * 86_400_000L;
    private const int MinCycles = 8;

    /// <summary>Milliseconds; shorter pieces resolve a period of ten minutes no better, at four times the
    /// cost.</summary>
    private const long MinPiece = 120_000;

    /// <summary>Pieces in a period: with fewer its shape is not resolved.</summary>
    private const int MinPieces = 5;

    /// <summary>In standard deviations of the autocorrelation of noise, √(1.5/n): one in a billion lags exceeds six. A
    /// true period has a lower peak at each multiple too.</summary>
    private const double Peak = 6;
    private const double MultiplePeak = 3;
    private const int Multiples = 4;

    /// <summary>Differences are clipped to six typical ones: an incident is not periodic.</summary>
    private const float MaxStep = 6;

    /// <summary>Pieces in two hours, which are scaled by their own amplitude, at least a tenth of the overall
    /// one.</summary>
    private const int LocalPieces = 60;
    private const float MinLocalScale = 0.1f;

    /// <summary>A fraction of the lag is the period if each of its multiples correlates half as much.</summary>
    private const double NearlyAsHigh = 0.5;

    /// <summary>A whole minute within so many steps of the best candidate is preferred: under noise the best of them
    /// is off by a few.</summary>
    private const int WholeMinuteTolerance = 3;

    /// <summary>Differences between successive pieces, in units of the initial noise; 0 where either piece is
    /// empty.</summary>
    private Half[] _steps = [];
    private long _begin;
    private long _piece;
    private long _index;
    private double _noise;
    private double _lastMean = double.NaN;
    private RunningMoments _current;

    /// <summary>Whether two days have been seen, so that the search can be made.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Adds a point.</summary>
    /// <param name="timestamp">Unix milliseconds.</param>
    /// <param name="interval">Typical time between points, milliseconds.</param>
    /// <param name="value">Finite, on the scale of the kind.</param>
    /// <param name="noise">Mean absolute residual; the one of the first point is the unit of the
    /// differences.</param>
    public void Add(long timestamp, double interval, double value, double noise)
    {
        if (_piece == 0)
        {
            (_begin, _piece, _noise) = (timestamp, Math.Max(MinPiece, (long)interval), noise > 0 ? noise : 1);
            _steps = new Half[Math.Max(1, Length / _piece)];
        }

        var index = (timestamp - _begin) / _piece;
        if (index > _index)
        {
            StoreStep(_current.Mean);
            (_lastMean, _index, _current) = (index == _index + 1 ? _current.Mean : double.NaN, index, default);
        }

        _current = _current.Add(value);
        IsComplete = index >= _steps.Length;
    }

    /// <summary>The differences on both sides of an empty piece are unknown.</summary>
    private void StoreStep(double mean) =>
        _steps[_index] = double.IsNaN(_lastMean) ? Half.Zero
            : (Half)Math.Clamp((mean - _lastMean) / _noise, (double)Half.MinValue, (double)Half.MaxValue);

    /// <summary>Searches for the period, once <see cref="IsComplete"/>.</summary>
    /// <returns>The period in milliseconds; 0 when the series has none.</returns>
    public long Find()
    {
        var steps = Steps();
        var power = steps.Sum(step => (double)step * step);
        var longest = steps.Length / MinCycles;
        if (power == 0 || longest <= MinPieces)
        {
            return 0;
        }

        var correlation = new double[(Multiples * longest) + 2];
        for (var lag = 1; lag < correlation.Length; lag++)
        {
            correlation[lag] = Correlation(steps, lag) / power;
        }

        var noise = Math.Sqrt(1.5 / steps.Length);
        var peaks = Enumerable.Range(MinPieces, longest - MinPieces + 1)
            .Where(lag => IsPeriod(correlation, lag, noise)).ToList();
        if (peaks.Count == 0)
        {
            return 0;
        }

        var highest = peaks.MaxBy(lag => correlation[lag]);
        var parts = Enumerable.Range(1, highest / MinPieces).Last(parts => IsMadeOf(correlation, highest, parts));
        return Refine(correlation, (double)highest / parts);
    }

    /// <summary>Whether a fraction of the period is itself a period.</summary>
    private static bool IsMadeOf(double[] correlation, int period, int parts) => Enumerable.Range(1, parts).All(part =>
        correlation.AsSpan((int)Math.Round((double)part * period / parts) - 1, 3)
            .ContainsAnyInRange(NearlyAsHigh * correlation[period], double.MaxValue));

    /// <summary>Whether a lag is a peak well above the valleys on both sides, with one at each multiple.</summary>
    private static bool IsPeriod(double[] correlation, int lag, double noise) =>
        correlation[lag] >= correlation[lag - 1] && correlation[lag] >= correlation[lag + 1]
        && correlation[lag] - Math.Max(correlation[lag / 2], correlation[3 * lag / 2]) >= Peak * noise
        && Enumerable.Range(2, Multiples - 1).All(times =>
            correlation.AsSpan((times * lag) - 1, 3).ContainsAnyInRange(MultiplePeak * noise, double.MaxValue));

    public void Write(StateWriter writer)
    {
        writer.Array<long>([_begin, _piece, _index]);
        writer.Array<double>([_noise, _lastMean]);
        writer.Array<RunningMoments>([_current]);
        writer.Array<Half>(_steps);
    }

    public void Read(ref StateReader reader)
    {
        (_begin, _piece, _index,
            _noise, _lastMean) = (reader.Int64(), reader.Int64(), reader.Int64(), reader.Double(), reader.Double());
        Span<RunningMoments> current = stackalloc RunningMoments[1];
        reader.Array(current);
        _current = current[0];
        if (_piece > 0)
        {
            _steps = new Half[Math.Max(1, Length / _piece)];
            reader.Array<Half>(_steps);
        }
    }

    /// <summary>The differences, each scaled by the amplitude of its two hours.</summary>
    private float[] Steps()
    {
        float[] steps = [.. _steps.Select(step => (float)step)];
        var overall = MeanAbsolute(steps);

        // A platform is busier by day: the busy hours must not dominate the autocorrelation.
        for (var begin = 0; begin < steps.Length; begin += LocalPieces)
        {
            var hours = steps.AsSpan(begin, Math.Min(LocalPieces, steps.Length - begin));
            var local = Math.Max(MeanAbsolute(hours), MinLocalScale * overall);
            foreach (ref var step in hours)
            {
                step = local > 0 ? Math.Clamp(step / local, -MaxStep, MaxStep) : 0;
            }
        }

        return steps;
    }

    private static float MeanAbsolute(ReadOnlySpan<float> steps)
    {
        var (sum, count) = (0f, 0);
        foreach (var step in steps)
        {
            sum += Math.Abs(step);
            count += step == 0 ? 0 : 1;
        }

        return count == 0 ? 0 : sum / count;
    }

    /// <summary>The period near this one whose multiples correlate best together, or a whole minute within the
    /// resolution.</summary>
    private long Refine(double[] correlation, double period)
    {
        const double Minute = 60_000;
        var multiples = (int)((correlation.Length - 2) / (period + 0.5));
        var error = 0.5 / multiples;
        var best = Enumerable.Range(-multiples, (2 * multiples) + 1).Select(step => period + (step * error))
            .MaxBy(candidate => Enumerable.Range(1, multiples)
                .Sum(times => Interpolate(correlation, times * candidate))) * _piece;
        var whole = Math.Round(best / Minute) * Minute;
        return (long)(Math.Abs(whole - best) <= WholeMinuteTolerance * error * _piece ? whole : best);
    }

    private static double Interpolate(double[] correlation, double lag)
    {
        var left = (int)lag;
        return correlation[left] + ((lag - left) * (correlation[left + 1] - correlation[left]));
    }

    private static double Correlation(float[] steps, int lag)
    {
        var sum = 0.0;
        for (var i = lag; i < steps.Length; i++)
        {
            sum += steps[i] * steps[i - lag];
        }

        return sum;
    }
}
