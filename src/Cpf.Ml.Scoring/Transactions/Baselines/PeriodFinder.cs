using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Scoring.Transactions.Baselines;

/// <summary>Finds out whether a series repeats itself in less than six hours, by the autocorrelation of its first two
/// days.</summary>
/// <remarks>
/// <para>
/// Day and week need no finding: their curves cost little where there is nothing to learn. Here are collectors of
/// garbage, exports, polls. The steps between means of equal pieces of time are correlated with themselves: what is
/// smooth, like a day, or a random walk, leaves no peak there. A peak at a period and at each multiple, beyond what 1
/// 440 steps of noise reach, makes a period; all multiples together tell it to seconds.
/// </para>
/// <para>Reference: Vlachos, Yu and Castelli (2005), <i>On periodicity detection and structural periodic
/// similarity</i>, which confirms candidates by autocorrelation.</para>
/// <para>Memory 2.9 KB while it looks, none afterwards. One look, 1 million multiplications.</para>
/// </remarks>
internal sealed class PeriodFinder
{
    /// <summary>Two days: a period of six hours comes eight times.</summary>
    private const long Length = 2 * 86_400_000L;
    private const int MinCycles = 8;

    /// <summary>Means of shorter pieces say no more of a period of ten minutes, and cost four times the work.</summary>
    private const long MinPiece = 120_000;

    /// <summary>Pieces in a period: of fewer, nothing can be said of its shape.</summary>
    private const int MinPieces = 5;

    /// <summary>Standard deviations of the autocorrelation of noise, 1/√n: one in a billion lags exceeds six; a real
    /// period is seen at its double too.</summary>
    private const double Peak = 6;
    private const double MultiplePeak = 3;
    private const int Multiples = 4;

    /// <summary>A step counts as much as six usual ones at most: an incident is no rhythm.</summary>
    private const float MaxStep = 6;

    /// <summary>Two hours of pieces have a loudness of their own, a tenth of the usual one at least.</summary>
    private const int Hours = 60;
    private const float MinLocalScale = 0.1f;

    /// <summary>A part of the period whose every multiple correlates half as much is the period.</summary>
    private const double NearlyAsHigh = 0.5;

    /// <summary>Under noise the best of the candidates is one of the nearest few.</summary>
    private const int WholeMinuteTolerance = 3;

    /// <summary>From one piece to the next, in units of the noise at the beginning; 0 where either piece is
    /// empty.</summary>
    private Half[] _steps = [];
    private long _begin;
    private long _piece;
    private long _index;
    private double _noise;
    private double _lastMean = double.NaN;
    private RunningMoments _current;

    /// <summary>It has seen two days.</summary>
    public bool IsComplete { get; private set; }

    /// <param name="timestamp">Unix milliseconds.</param>
    /// <param name="interval">Usual time between points, milliseconds.</param>
    /// <param name="value">Finite.</param>
    /// <param name="noise">Usual distance of a value from what is expected; asked for once, when it begins.</param>
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

    /// <summary>The steps at both sides of an empty piece are not known.</summary>
    private void StoreStep(double mean) =>
        _steps[_index] = double.IsNaN(_lastMean) ? Half.Zero
            : (Half)Math.Clamp((mean - _lastMean) / _noise, (double)Half.MinValue, (double)Half.MaxValue);

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

    /// <summary>Whether the series already repeats itself after a part of the period, and each multiple of
    /// that.</summary>
    private static bool IsMadeOf(double[] correlation, int period, int parts) => Enumerable.Range(1, parts).All(part =>
        correlation.AsSpan((int)Math.Round((double)part * period / parts) - 1, 3)
            .ContainsAnyInRange(NearlyAsHigh * correlation[period], double.MaxValue));

    /// <summary>A peak, well above the valleys on both sides, which comes again at each multiple.</summary>
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

    /// <summary>Each in units of what is usual in its hours.</summary>
    private float[] Steps()
    {
        float[] steps = [.. _steps.Select(step => (float)step)];
        var usual = MeanAbsolute(steps);

        // A platform is louder by day: the loud hours must not speak for all.
        for (var begin = 0; begin < steps.Length; begin += Hours)
        {
            var hours = steps.AsSpan(begin, Math.Min(Hours, steps.Length - begin));
            var local = Math.Max(MeanAbsolute(hours), MinLocalScale * usual);
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

    /// <summary>The period near this one whose multiples correlate best together: a whole minute when that is as near
    /// as can be told.</summary>
    private long Refine(double[] correlation, double period)
    {
        const double Minute = 60_000;
        var multiples = (int)((correlation.Length - 2) / (period + 0.5));
        var error = 0.5 / multiples;
        var best = Enumerable.Range(-multiples, (2 * multiples) + 1).Select(step => period + (step * error))
            .MaxBy(candidate => Enumerable.Range(1, multiples)
                .Sum(times => Between(correlation, times * candidate))) * _piece;
        var whole = Math.Round(best / Minute) * Minute;
        return (long)(Math.Abs(whole - best) <= WholeMinuteTolerance * error * _piece ? whole : best);
    }

    private static double Between(double[] correlation, double lag)
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
