using static System.FormattableString;
using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace Cpf.Ml.Training.Commands;

/// <summary>
/// A number within bounds, both inclusive. The help states them, and so does the refusal of another value.
/// </summary>
internal sealed class RangeOption<T> : Option<T>
    where T : struct, INumber<T>, IMinMaxValue<T>
{
    /// <param name="max">Upper bound, inclusive; the type's largest value for none.</param>
    /// <param name="description">What the number is, with its unit; a sentence.</param>
    public RangeOption(string name, T min, T max, string description)
        : base(name)
    {
        Range = max == T.MaxValue ? Invariant($"{min} or more") : Invariant($"{min} to {max}");
        Description = $"{description} Range: {Range}.";
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (T.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
            {
                return value;
            }

            var kind = typeof(T) == typeof(int) ? "a whole number" : "a number";
            result.AddError($"{name} {text}: expected {kind}, {Range}.");
            return default;
        };
    }

    /// <summary>In words: «1 to 100».</summary>
    public string Range { get; }
}
