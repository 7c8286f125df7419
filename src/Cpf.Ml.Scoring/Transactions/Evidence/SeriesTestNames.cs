namespace Cpf.Ml.Scoring.Transactions.Evidence;

/// <summary>The stable names of the tests in files, alerts and sentences.</summary>
public static class SeriesTestNames
{
    /// <summary>A value, residual or level beyond the range seen so far.</summary>
    public const string Record = "record";

    /// <summary>A value of exactly 0 where zeros are rare. Explains a score without being part of it.</summary>
    public const string Zero = "zero";

    /// <summary>Name of <see cref="SeriesTest.FlatLine"/>.</summary>
    public const string FlatLine = "flat-line";

    /// <summary>The name of a test.</summary>
    /// <param name="test">One of the tests.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of them.</exception>
    public static string NameOf(SeriesTest test) => test switch
    {
        SeriesTest.Point => "point",
        SeriesTest.TimeOfDay => "time-of-day",
        SeriesTest.Difference => "difference",
        SeriesTest.Level4 => "level-4",
        SeriesTest.Local => "local",
        SeriesTest.Level12 => "level-12",
        SeriesTest.Level48 => "level-48",
        SeriesTest.Slow60 => "slow-60",
        SeriesTest.Drift => "drift",
        SeriesTest.Variance => "variance",
        SeriesTest.Sustained => "sustained",
        SeriesTest.FlatLine => FlatLine,
        SeriesTest.Shape => "shape",
        _ => throw new ArgumentOutOfRangeException(nameof(test), test, "Unknown test."),
    };
}
