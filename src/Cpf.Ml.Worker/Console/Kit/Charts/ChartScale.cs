namespace Cpf.Ml.Worker.Console.Kit.Charts;

/// <summary>Maps values to vertical positions and finds round values for labels.</summary>
/// <param name="Minimum">Value at the bottom.</param>
/// <param name="Maximum">Value at the top, above <paramref name="Minimum"/>.</param>
public sealed record ChartScale(double Minimum, double Maximum)
{
    /// <summary>A scale whose ends are round and hold every value given.</summary>
    /// <param name="values">NaN and infinities are ignored; without any value the scale is [0, 1].</param>
    /// <param name="neverNegative">Keeps the lower end at or above 0.</param>
    public static ChartScale Around(IEnumerable<double> values, bool neverNegative)
    {
        var low = double.PositiveInfinity;
        var high = double.NegativeInfinity;
        foreach (var value in values)
        {
            if (double.IsFinite(value))
            {
                low = Math.Min(low, value);
                high = Math.Max(high, value);
            }
        }

        if (low > high)
        {
            return new ChartScale(0, 1);
        }

        // A range near 0 starts at 0: a truncated axis makes a small change look large.
        if (low >= 0 && low < 0.5 * high)
        {
            low = 0;
        }

        if (high - low < 1e-9 * Math.Max(1, Math.Abs(high)))
        {
            var room = high == 0 ? 1 : 0.1 * Math.Abs(high);
            (low, high) = (low - room, high + room);
        }

        // A point at the very top would be clipped.
        high += 0.03 * (high - low);
        var step = Step(high - low);
        low = Math.Floor(low / step) * step;
        high = Math.Ceiling(high / step) * step;
        return new ChartScale(neverNegative ? Math.Max(0, low) : low, high);
    }

    /// <summary>Three to seven round values from the bottom to the top.</summary>
    public IEnumerable<double> Ticks()
    {
        var step = Step(Maximum - Minimum);
        for (var tick = Math.Ceiling(Minimum / step - 1e-9) * step; tick <= Maximum + 1e-9 * step; tick += step)
        {
            yield return Math.Abs(tick) < 1e-9 * step ? 0 : tick;
        }
    }

    /// <summary>Distance from the top as a share of the height, 0 to 1.</summary>
    public double Depth(double value) => Math.Clamp((Maximum - value) / (Maximum - Minimum), 0, 1);

    private static double Step(double span)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(span / 5)));
        return power * ((span / 5 / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
    }
}
