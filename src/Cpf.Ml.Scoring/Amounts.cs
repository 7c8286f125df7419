using System.Globalization;

namespace Cpf.Ml.Scoring;

/// <summary>Formats numbers by the conventions of each language, independent of the machine's culture.</summary>
public static class Amounts
{
    private static readonly NumberFormatInfo French =
        new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "\u202f", NegativeSign = "\u2212" };
    private static readonly NumberFormatInfo English =
        new() { NumberDecimalSeparator = ".", NumberGroupSeparator = ",", NegativeSign = "\u2212" };

    /// <summary>A number with three significant digits, whole from 100 on; «1 234», «4,8», «0,0031». Millions and
    /// beyond in words.</summary>
    /// <param name="value">NaN and infinities are written as a dash.</param>
    public static Text Number(double value)
    {
        if (!double.IsFinite(value))
        {
            return new("—", "—");
        }

        return Math.Abs(value) switch
        {
            >= 999_500_000_000 => Large(value / 1e12, "billions", "trillion"),
            >= 999_500_000 => Large(value / 1e9, "milliards", "billion"),
            >= 999_500 => Large(value / 1e6, "millions", "million"),
            _ => Plain(value),
        };
    }

    /// <summary>A number with a fixed number of decimals, trailing zeros included: «1,00» under «1,02».</summary>
    /// <param name="value">NaN and infinities are written as a dash.</param>
    /// <param name="decimals">0 to 9.</param>
    public static Text Number(double value, int decimals)
    {
        if (!double.IsFinite(value))
        {
            return Number(value);
        }

        var format = string.Create(CultureInfo.InvariantCulture, $"N{decimals}");
        var rounded = Math.Round(value, decimals, MidpointRounding.AwayFromZero) + 0.0;
        return new(rounded.ToString(format, French), rounded.ToString(format, English));
    }

    /// <summary>A value with its unit, on a suitable scale: 0.25 s is «250 ms», a ratio of 0.12 is «12 %».</summary>
    /// <param name="value">In the unit.</param>
    /// <param name="unit"><c>s</c>, <c>ratio</c>, <c>%</c>, <c>1/min</c>, <c>1/s</c>, <c>By</c>, empty, or any other,
    /// which is written as it is.</param>
    public static Text Write(double value, string unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return unit switch
        {
            "s" => Seconds(value),
            "ratio" => Percent(100 * value),
            "%" => Percent(value),
            "By" or "B" or "bytes" => Bytes(value),
            "" => Number(value),
            _ when unit.StartsWith("1/", StringComparison.Ordinal) => Join(Number(value), unit[1..]),
            _ => Join(Number(value), "\u00a0" + unit),
        };
    }

    /// <summary>A percentage: «12 %», «12%».</summary>
    /// <param name="value">In percent.</param>
    public static Text Percent(double value)
    {
        var number = Number(value);
        return new(number.Fr + "\u00a0%", number.En + "%");
    }

    /// <summary>A percentage with its sign: «+336 %», «−12 %».</summary>
    /// <param name="value">In percent.</param>
    public static Text SignedPercent(double value)
    {
        var percent = Percent(value);
        return value > 0 ? new("+" + percent.Fr, "+" + percent.En) : percent;
    }

    private static Text Plain(double value)
    {
        var magnitude = value == 0 ? 0 : (int)Math.Floor(Math.Log10(Math.Abs(value)));
        var decimals = Math.Clamp(2 - magnitude, 0, 9);
        var rounded = Math.Round(value, decimals, MidpointRounding.AwayFromZero) + 0.0;
        var format = decimals == 0 ? "#,0" : "#,0." + new string('#', decimals);
        return new(rounded.ToString(format, French), rounded.ToString(format, English));
    }

    private static Text Large(double value, string french, string english)
    {
        var number = Plain(value);
        var singular = Math.Abs(value) < 2 ? french[..^1] : french;
        return new($"{number.Fr}\u00a0{singular}", $"{number.En}\u00a0{english}");
    }

    private static Text Seconds(double value) => Math.Abs(value) switch
    {
        0 => Join(Plain(0), "\u00a0s"),
        < 0.0009995 => Join(Plain(1e6 * value), "\u00a0µs"),
        < 0.9995 => Join(Plain(1e3 * value), "\u00a0ms"),
        < 119.5 => Join(Plain(value), "\u00a0s"),
        < 1e9 => Instants.Duration(TimeSpan.FromSeconds(value)),
        _ => Join(Number(value), "\u00a0s"),
    };

    private static Text Bytes(double value)
    {
        var (scale, prefix) = Math.Abs(value) switch
        {
            >= 1e12 => (1e12, "T"),
            >= 1e9 => (1e9, "G"),
            >= 1e6 => (1e6, "M"),
            >= 1e3 => (1e3, "k"),
            _ => (1.0, ""),
        };
        var number = Number(value / scale);
        return new($"{number.Fr}\u00a0{prefix}o", $"{number.En}\u00a0{prefix}B");
    }

    private static Text Join(Text number, string unit) => new(number.Fr + unit, number.En + unit);
}
