namespace Cpf.Ml.Scoring.Transactions.Evidence;

/// <summary>The test statistics of a point, each of which can be explained in a sentence. Values are on the scale of
/// the metric's kind.</summary>
public enum SeriesTest
{
    /// <summary>Distance from the median of the last 31 values.</summary>
    Point,

    /// <summary>Distance from the seasonal baseline of this time of day and week.</summary>
    TimeOfDay,

    /// <summary>Difference from the previous value.</summary>
    Difference,

    /// <summary>Mean of the last 4 values less the median of the last 31.</summary>
    Level4,

    /// <summary>Distance from the local baseline, the seasonal one shifted to the recent level, in units of the
    /// noise.</summary>
    Local,

    /// <summary>Mean of the last 12 values less that of the last two days.</summary>
    Level12,

    /// <summary>Mean of the last 48 values less that of the last two days.</summary>
    Level48,

    /// <summary>Mean distance of the last 60 values from the seasonal baseline.</summary>
    Slow60,

    /// <summary>Distance from the seasonal baseline, averaged exponentially over a day.</summary>
    Drift,

    /// <summary>Logarithm of the recent mean absolute difference of successive values over the long-term one.</summary>
    Variance,

    /// <summary>CUSUM of the mean surprisal: small deviations of many points.</summary>
    Sustained,

    /// <summary>Number of exactly equal values in a row, from 5 up to 60: beyond that a flat line does not become more
    /// anomalous.</summary>
    FlatLine,

    /// <summary>Distance of the shape of the last 24 values from the most similar one in the 1 800 values before; for
    /// important series only.</summary>
    Shape,
}
