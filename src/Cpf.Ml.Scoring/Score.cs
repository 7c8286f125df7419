namespace Cpf.Ml.Scoring;

/// <summary>How strange an input is: 0 ordinary, 1 as strange as can be resolved. People and files see it as
/// 0–100.</summary>
/// <remarks>In Matching higher means a better fit. The default value is 0.</remarks>
public readonly record struct Score : IComparable<Score>
{
    /// <param name="value">In [0, 1], both ends included.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is NaN or outside [0, 1].</exception>
    public Score(double value)
    {
        if (!(value is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "A score lies in [0, 1].");
        }

        Value = value;
    }

    /// <summary>In [0, 1].</summary>
    public double Value { get; }

    /// <summary>In [0, 100], as people see it.</summary>
    public double Percent => 100 * Value;

    /// <summary>60 is 1 in 1 000, 80 is 1 in 10 000, 100 is 1 in 100 000 or rarer.</summary>
    /// <param name="p">In [0, 1].</param>
    public static Score FromPValue(double p) => p < 1 ? new(Math.Min(-Math.Log10(p) / 5, 1)) : default;

    public int CompareTo(Score other) => Value.CompareTo(other.Value);

    public static bool operator <(Score left, Score right) => left.Value < right.Value;

    public static bool operator >(Score left, Score right) => left.Value > right.Value;

    public static bool operator <=(Score left, Score right) => left.Value <= right.Value;

    public static bool operator >=(Score left, Score right) => left.Value >= right.Value;
}
