namespace Cpf.Ml.Scoring.Transactions.Evidence;

/// <summary>The questions that a point is asked. Each is explainable in a sentence; <c>x</c> is the value on the scale
/// of its kind.</summary>
public enum SeriesTest
{
    /// <summary>Distance from the median of the last 31 values.</summary>
    Point,

    /// <summary>Distance from what is usual at this time of day and week.</summary>
    TimeOfDay,

    /// <summary>Distance from the value before.</summary>
    Difference,

    /// <summary>The mean of the last 4 values against the median of the last 31.</summary>
    Level4,

    /// <summary>Distance from the usual curve as it has run lately, in units of its noise.</summary>
    Local,

    /// <summary>The mean of the last 12 values against the last two days.</summary>
    Level12,

    /// <summary>The mean of the last 48 values against the last two days.</summary>
    Level48,

    /// <summary>The mean distance of the last 60 values from the usual curve.</summary>
    Slow60,

    /// <summary>The mean distance from the usual curve over a day.</summary>
    Drift,

    /// <summary>How much the values jump lately against how much they always do: more, or less.</summary>
    Variance,

    /// <summary>Small doubts of many points added up.</summary>
    Sustained,

    /// <summary>How many values in a row have been exactly the same, from 5 up to 60: a line does not become stranger
    /// the longer it is flat.</summary>
    FlatLine,

    /// <summary>How little the last 24 values look like any others in the 1 800 values before: for important series
    /// only.</summary>
    Shape,
}
