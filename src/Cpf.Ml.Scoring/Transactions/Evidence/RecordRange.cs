using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Scoring.Transactions.Evidence;

/// <summary>The range of a quantity so far, and how far a new value lies beyond it.</summary>
internal struct RecordRange
{
    /// <summary>An overshoot of less than a twentieth of the range does not count as a record.</summary>
    public const double Tolerance = 0.05;

    /// <summary>Widths of the range beyond which a value is clipped: an outlier must not erase what was learned, and a
    /// true change of scale is still followed within a few points.</summary>
    private const double MaxWidths = 10;

    private double _minimum = double.PositiveInfinity;
    private double _maximum = double.NegativeInfinity;

    public RecordRange()
    {
    }

    /// <summary>How far a value lies beyond the range.</summary>
    /// <returns>Signed overshoot as a share of the range seen; 0 inside it; ±1 beyond a range of a single
    /// value.</returns>
    public readonly double Overshoot(double value)
    {
        if (_maximum < _minimum)
        {
            return 0;
        }

        var beyond = value > _maximum ? value - _maximum : value < _minimum ? value - _minimum : 0;
        return beyond == 0 ? 0 : _maximum > _minimum ? beyond / (_maximum - _minimum) : Math.Sign(beyond);
    }

    /// <summary>Clips a value to ten widths beyond the range; a range of a single value does not clip.</summary>
    public readonly double Clip(double value)
    {
        var margin = MaxWidths * (_maximum - _minimum);
        return margin > 0 ? Math.Clamp(value, _minimum - margin, _maximum + margin) : value;
    }

    public void Add(double value)
    {
        _minimum = Math.Min(_minimum, value);
        _maximum = Math.Max(_maximum, value);
    }

    /// <summary>Both ends x become <c>factor</c>·x + <c>shift</c>, with a factor of at least 0.</summary>
    public void Move(double factor, double shift)
    {
        if (_maximum >= _minimum)
        {
            (_minimum, _maximum) = ((factor * _minimum) + shift, (factor * _maximum) + shift);
        }
    }

    public readonly void Write(StateWriter writer) => writer.Array<double>([_minimum, _maximum]);

    public void Read(ref StateReader reader) => (_minimum, _maximum) = (reader.Double(), reader.Double());
}
