namespace Cpf.Ml.Scoring.Neutrality.Metrics;

/// <summary>How unequally something is shared, of values of 0 or more; 0 is equal, but for HHI.</summary>
internal static class Concentration
{
    /// <summary>In [0, 1): Gini (1912).</summary>
    public static double Gini(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        var sum = sorted.Sum();
        return sum == 0 ? 0
            : sorted.Index()
                .Sum(entry => ((2 * (entry.Index + 1)) - sorted.Count - 1) * entry.Item) / (sorted.Count * sum);
    }

    /// <summary>Sum of squared shares, in [1/n, 1]: Herfindahl–Hirschman.</summary>
    public static double Herfindahl(IReadOnlyCollection<double> values)
    {
        var sum = values.Sum();
        return values.Sum(value => value / sum * (value / sum));
    }

    /// <summary>The same from 0, equal, to 1.</summary>
    public static double NormalisedHerfindahl(IReadOnlyCollection<double> values) =>
        (Herfindahl(values) - (1.0 / values.Count)) / (1 - (1.0 / values.Count));

    /// <summary>Mean of (x/μ) ln(x/μ), where 0 counts 0: Theil (1967).</summary>
    public static double TheilT(IReadOnlyCollection<double> values) =>
        Mean(values, ratio => ratio == 0 ? 0 : ratio * Math.Log(ratio));

    /// <summary>Mean of ln(μ/x): mean logarithmic deviation; infinite where a value is 0.</summary>
    public static double TheilL(IReadOnlyCollection<double> values) => Mean(values, ratio => -Math.Log(ratio));

    /// <summary>Generalised entropy of order 2: Shorrocks (1980).</summary>
    public static double Entropy2(IReadOnlyCollection<double> values) =>
        Mean(values, ratio => ((ratio * ratio) - 1) / 2);

    /// <summary>Of aversion ½: Atkinson (1970).</summary>
    public static double AtkinsonHalf(IReadOnlyCollection<double> values)
    {
        var root = values.Average(Math.Sqrt);
        return 1 - (root * root / values.Average());
    }

    private static double Mean(IReadOnlyCollection<double> values, Func<double, double> measure)
    {
        var mean = values.Average();
        return values.Average(value => measure(value / mean));
    }
}
