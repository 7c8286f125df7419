namespace Cpf.Ml.Scoring.Transactions.Evidence;

/// <summary>The stable names of tests, as files, alerts and sentences use them.</summary>
public static class SeriesTestNames
{
    /// <summary>A value, level or residual beyond everything seen.</summary>
    public const string Record = "record";

    public const string FlatLine = "flat-line";

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
