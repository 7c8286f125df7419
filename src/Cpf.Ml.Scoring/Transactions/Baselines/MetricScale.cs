namespace Cpf.Ml.Scoring.Transactions.Baselines;

/// <summary>The variance-stabilising transformation of a kind of metric, and its inverse.</summary>
/// <remarks>
/// References: Anscombe (1948), <i>The transformation of Poisson, binomial and negative-binomial data</i>, for counts
/// and shares. What slows durations multiplies them: their logarithm.
/// </remarks>
internal static class MetricScale
{
    /// <summary>A microsecond: shorter durations may be measured as zero, which has no logarithm.</summary>
    private const double MinDuration = 1e-6;
    private const double Anscombe = 3.0 / 8;

    /// <summary>From the unit of the series to the scale of the kind.</summary>
    /// <param name="kind">Kind of metric.</param>
    /// <param name="value">Finite; in the unit of the series.</param>
    /// <param name="volume">Attempts behind an error rate, NaN when unknown.</param>
    public static double Transform(MetricKind kind, double value, double volume) => kind switch
    {
        MetricKind.Duration => Math.Log(Math.Max(MinDuration, value)),
        MetricKind.Volume => 2 * Math.Sqrt(Math.Max(0, value) + Anscombe),
        MetricKind.ErrorRate => Math.Asin(Math.Sqrt(Share(value, volume))),
        _ => value,
    };

    /// <summary>From the scale of the kind to the unit of the series; always a possible value of the kind.</summary>
    /// <param name="kind">Kind of metric.</param>
    /// <param name="scaled">A result of <see cref="Transform"/>, or the end of a band around it.</param>
    public static double Inverse(MetricKind kind, double scaled) => kind switch
    {
        MetricKind.Duration => Math.Exp(scaled),
        MetricKind.Volume => Math.Max(0, (Math.Max(0, scaled) * Math.Max(0, scaled) / 4) - Anscombe),
        MetricKind.ErrorRate => Math.Pow(Math.Sin(Math.Clamp(scaled, 0, Math.PI / 2)), 2),
        _ => scaled,
    };

    private static double Share(double value, double volume)
    {
        var share = Math.Clamp(value, 0, 1);
        return volume is > 0 and < double.PositiveInfinity
            ? ((share * volume) + Anscombe) / (volume + (2 * Anscombe)) : share;
    }
}
