using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Scoring.Transactions.Baselines;

/// <summary>The seasonal baseline: a daily profile plus a correction for each hour of the week.</summary>
/// <remarks>
/// <para>
/// Both are learned together from the residual of their sum. The correction of an hour is shrunk by w/(w + 1) after w
/// weeks, so that a single weekend counts half. A residual is clipped to six times the typical one, so that an outlier
/// moves the profile little.
/// </para>
/// <para>Memory 2.3 KB, O(1).</para>
/// </remarks>
internal sealed class SeasonalProfile
{
    /// <summary>Slots of a day, five minutes each: finer detail is noise.</summary>
    public const int MaxSlots = 288;
    private const int HoursOfWeek = 168;

    /// <summary>Share of a lasting change that one visit learns: about a third, so that three days or weeks make a new
    /// normal.</summary>
    private const double VisitGain = 0.3;
    private const double MaxStep = 6;
    private const double SizeRate = 0.001;

    private readonly float[] _daily = new float[MaxSlots];
    private readonly byte[] _visits = new byte[MaxSlots];
    private readonly float[] _weekly = new float[HoursOfWeek];
    private readonly byte[] _weeks = new byte[HoursOfWeek];
    private double _origin;
    private double _size;
    private long _count;
    private int _slots = MaxSlots;
    private int _hour = -1;
    private int _pointsInHour;
    private double _pointsPerDay = MaxSlots;
    private double _dailyGain;
    private double _weeklyGain;

    /// <summary>Initialises the profile; called once, before the first value.</summary>
    /// <param name="pointsPerDay">At least 4.</param>
    /// <param name="origin">A typical value: the profile is kept in single precision as differences from it.</param>
    public void Begin(double pointsPerDay, double origin)
    {
        _pointsPerDay = pointsPerDay;
        _slots = (int)Math.Min(MaxSlots, pointsPerDay);
        _origin = origin;
        FixGains();
    }

    /// <summary>The seasonal baseline at a time.</summary>
    /// <param name="secondOfDay">Local time, in [0, 86400).</param>
    /// <param name="hourOfWeek">0–167, Monday 00 h first.</param>
    /// <returns>On the scale of the kind; NaN where the time of day was never seen.</returns>
    public double Expected(double secondOfDay, int hourOfWeek)
    {
        // Interpolated between the centres of two slots, so that the profile has no steps.
        var position = (secondOfDay / 86_400 * _slots) - 0.5 + _slots;
        var left = (int)position % _slots;
        var right = (left + 1) % _slots;
        var fraction = position - Math.Floor(position);
        var daily = (_visits[left], _visits[right]) switch
        {
            (0, 0) => double.NaN,
            (0, _) => _daily[right],
            (_, 0) => _daily[left],
            _ => _daily[left] + ((_daily[right] - _daily[left]) * fraction),
        };
        return _origin + daily + Weekly(hourOfWeek);
    }

    /// <summary>Learns a value.</summary>
    /// <param name="secondOfDay">Local time, in [0, 86400).</param>
    /// <param name="hourOfWeek">0–167, Monday 00 h first.</param>
    /// <param name="value">Finite, on the scale of the kind.</param>
    /// <param name="residual">Value less <see cref="Expected"/>; NaN on a first visit.</param>
    public void Learn(double secondOfDay, int hourOfWeek, double value, double residual)
    {
        if (double.IsFinite(residual))
        {
            _size += (Math.Abs(residual) - _size) * (_count < _pointsPerDay ? 1.0 / (_count + 1) : SizeRate);
            _count++;
        }

        LearnWeekly(hourOfWeek, residual);
        var slot = (int)(secondOfDay / 86_400 * _slots) % _slots;
        if (_visits[slot] == 0)
        {
            _daily[slot] = (float)(value - _origin - Weekly(hourOfWeek));
        }
        else
        {
            var gain = _visits[slot] < PerVisit ? 1.0 / (_visits[slot] + 1) : _dailyGain;
            _daily[slot] += (float)(gain * Clip(value - _origin - Weekly(hourOfWeek) - _daily[slot]));
        }

        _visits[slot] += (byte)(_visits[slot] < byte.MaxValue ? 1 : 0);
    }

    /// <summary>Each value x of the profile becomes <c>factor</c>·x + <c>shift</c>.</summary>
    public void Move(double factor, double shift)
    {
        _origin = (factor * _origin) + shift;
        if (factor != 1)
        {
            Scale(_daily, factor);
            Scale(_weekly, factor);
        }
    }

    public void Write(StateWriter writer)
    {
        writer.Array<float>(_daily);
        writer.Array<byte>(_visits);
        writer.Array<float>(_weekly);
        writer.Array<byte>(_weeks);
        writer.Array<double>([_origin, _size, _pointsPerDay]);
        writer.Array<long>([_count, _slots, _hour, _pointsInHour]);
    }

    public void Read(ref StateReader reader)
    {
        reader.Array<float>(_daily);
        reader.Array<byte>(_visits);
        reader.Array<float>(_weekly);
        reader.Array<byte>(_weeks);
        Span<double> reals = stackalloc double[3];
        Span<long> integers = stackalloc long[4];
        reader.Array(reals);
        reader.Array(integers);
        (_origin, _size, _pointsPerDay) = (reals[0], reals[1], reals[2]);
        (_count, _slots, _hour, _pointsInHour) = (integers[0], (int)integers[1], (int)integers[2], (int)integers[3]);
        FixGains();
    }

    /// <summary>Points in one visit of a slot.</summary>
    private double PerVisit => Math.Clamp(_pointsPerDay / _slots, 1, byte.MaxValue);

    /// <summary>The gains follow from the points a day; they are kept because a power is slow.</summary>
    private void FixGains()
    {
        _dailyGain = 1 - Math.Pow(1 - VisitGain, 1 / PerVisit);
        _weeklyGain = 1 - Math.Pow(1 - VisitGain, 24 / _pointsPerDay);
    }

    private double Weekly(int hour) => _weekly[hour] * (_weeks[hour] / (_weeks[hour] + 1.0));

    private void LearnWeekly(int hour, double residual)
    {
        if (hour != _hour)
        {
            if (_hour >= 0 && _weeks[_hour] < byte.MaxValue)
            {
                _weeks[_hour]++;
            }

            (_hour, _pointsInHour) = (hour, 0);
        }

        if (!double.IsFinite(residual))
        {
            return;
        }

        // The first visit averages the residual of the daily profile; later ones follow slowly.
        _pointsInHour++;
        var gain = _weeks[hour] == 0 ? 1.0 / _pointsInHour : _weeklyGain;
        var target = _weeks[hour] == 0 ? residual - _weekly[hour] : residual;
        _weekly[hour] += (float)(gain * Clip(target));
    }

    private static void Scale(Span<float> values, double factor)
    {
        foreach (ref var value in values)
        {
            value *= (float)factor;
        }
    }

    private double Clip(double step) => _count < 2 ? step : Math.Clamp(step, -MaxStep * _size, MaxStep * _size);
}
