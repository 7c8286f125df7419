namespace Cpf.Ml.Scoring.Transactions.Evidence;

/// <summary>Makes one evidence of the tests.</summary>
/// <remarks>
/// Equal weights: weights fitted to a benchmark did worse on its other half. Fast tests are averaged for single strange
/// points; groups of slow and fast tests are combined by the root of their mean square, which lets one group speak
/// without silencing the rest.
/// </remarks>
internal static class EvidenceCombination
{
    /// <summary>The slow combination is noisier than the fast one, by this factor.</summary>
    private const double LateWeight = 0.8;
    private const double RecordBonus = 0.7;
    private const double RecordLimit = 0.3;

    /// <summary>What a flat line shows beyond 1 in 100 counts in full: no other test sees it, so that any mean would
    /// drown it.</summary>
    private const double FlatFrom = 2;

    /// <summary>What a shape shows beyond 1 in 1 000, likewise; shapes overlap, so that what is strange in one is
    /// strange in the next.</summary>
    private const double ShapeFrom = 3;

    /// <summary>Mean evidence of the tests that judge a point against what is usual; the running sum is built on
    /// it.</summary>
    public static double Mean(in TestValues e) =>
        (e[(int)SeriesTest.Point] + e[(int)SeriesTest.TimeOfDay] + e[(int)SeriesTest.Local] + e[(int)SeriesTest.Level12]
            + e[(int)SeriesTest.Level48]
            + e[(int)SeriesTest.Slow60] + e[(int)SeriesTest.Drift] + e[(int)SeriesTest.Variance]) / 8;

    /// <summary>Fast tests: their mean.</summary>
    public static double Early(in TestValues e) =>
        (e[(int)SeriesTest.Point]
            + e[(int)SeriesTest.TimeOfDay] + e[(int)SeriesTest.Difference] + e[(int)SeriesTest.Local]
            + e[(int)SeriesTest.Level4]) / 5;

    /// <summary>Groups of tests that look at the same thing, and records.</summary>
    public static double Late(in TestValues e, in RecordValues records)
    {
        var squares = Square((e[(int)SeriesTest.Point] + e[(int)SeriesTest.Local]) / 2)
            + Square(e[(int)SeriesTest.TimeOfDay])
            + Square((e[(int)SeriesTest.Level12] + e[(int)SeriesTest.Level48]) / 2)
            + Square((e[(int)SeriesTest.Slow60] + e[(int)SeriesTest.Drift]) / 2)
            + Square(e[(int)SeriesTest.Sustained])
            + Square(e[(int)SeriesTest.Variance]);
        var evidence = Math.Sqrt(squares / 6);
        foreach (var record in records)
        {
            var overshoot = Math.Abs(record);
            evidence += overshoot > RecordRange.Tolerance ? RecordBonus + Math.Min(RecordLimit, overshoot) : 0;
        }

        return evidence;
    }

    /// <param name="early"><see cref="Early"/>.</param>
    /// <param name="late"><see cref="Late"/>.</param>
    /// <param name="effect">Smallest distance from what is usual, in standard deviations of the last two days: a rare
    /// but tiny deviation interests nobody.</param>
    /// <param name="flat">Evidence of <see cref="SeriesTest.FlatLine"/>.</param>
    /// <param name="shape">Evidence of <see cref="SeriesTest.Shape"/>.</param>
    public static double Combine(double early, double late, double effect, double flat, double shape) =>
        Math.Max(early, LateWeight * late)
            + Math.Max(0, flat - FlatFrom) + Math.Max(0, shape - ShapeFrom) + Math.Clamp(Math.Log10(effect), 0, 2);

    private static double Square(double value) => value * value;
}
