using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Scoring.Transactions.Evidence;

/// <summary>Everything that a quantity has been: how far a new value lies beyond it.</summary>
internal struct RecordRange
{
    /// <summary>An overshoot of less than a twentieth of the range is a record of no interest.</summary>
    public const double Tolerance = 0.05;

    /// <summary>A wild value must not wipe out what was learnt; a true change of scale is followed in a few points all
    /// the same.</summary>
    private const double MostWidths = 10;

    private double _minimum = double.PositiveInfinity;
    private double _maximum = double.NegativeInfinity;

    public RecordRange()
    {
    }

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

    /// <summary>Brings a value nearer that lies beyond the range by more than ten times its width; a range of a single
    /// value has no width.</summary>
    public readonly double Clip(double value)
    {
        var margin = MostWidths * (_maximum - _minimum);
        return margin > 0 ? Math.Clamp(value, _minimum - margin, _maximum + margin) : value;
    }

    public void Add(double value)
    {
        _minimum = Math.Min(_minimum, value);
        _maximum = Math.Max(_maximum, value);
    }

    /// <summary>Both ends times a factor of at least 0 plus a shift.</summary>
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
