namespace Cpf.Ml.Scoring;

/// <summary>How anomalous an input is: 0 ordinary, 1 as anomalous as can be resolved. Pages and files show it as
/// 0–100.</summary>
/// <remarks>In Matching higher means a better fit. The default value is 0.</remarks>
public readonly record struct Score : IComparable<Score>
{
    /// <summary>A score of a given value.</summary>
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

    /// <summary>The score, in [0, 1].</summary>
    public double Value { get; }

    /// <summary>The score in [0, 100], as pages and files show it.</summary>
    public double Percent => 100 * Value;

    /// <summary>The score of a p-value, −log₁₀ p ÷ 5: 0.6 is 1 in 1 000, 0.8 is 1 in 10 000, 1 is 1 in 100 000 or
    /// rarer.</summary>
    /// <param name="p">In [0, 1].</param>
    public static Score FromPValue(double p) => p < 1 ? new(Math.Min(-Math.Log10(p) / 5, 1)) : default;

    /// <inheritdoc/>
    public int CompareTo(Score other) => Value.CompareTo(other.Value);

    /// <summary>Whether the left score is below the right one.</summary>
    /// <param name="left">A score.</param>
    /// <param name="right">Another one.</param>
    public static bool operator <(Score left, Score right) => left.Value < right.Value;

    /// <summary>Whether the left score is above the right one.</summary>
    /// <param name="left">A score.</param>
    /// <param name="right">Another one.</param>
    public static bool operator >(Score left, Score right) => left.Value > right.Value;

    /// <summary>Whether the left score is at most the right one.</summary>
    /// <param name="left">A score.</param>
    /// <param name="right">Another one.</param>
    public static bool operator <=(Score left, Score right) => left.Value <= right.Value;

    /// <summary>Whether the left score is at least the right one.</summary>
    /// <param name="left">A score.</param>
    /// <param name="right">Another one.</param>
    public static bool operator >=(Score left, Score right) => left.Value >= right.Value;
}
