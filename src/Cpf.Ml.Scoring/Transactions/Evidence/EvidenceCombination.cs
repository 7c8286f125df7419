namespace Cpf.Ml.Scoring.Transactions.Evidence;

/// <summary>Combines the surprisals of the tests into the evidence of a point.</summary>
/// <remarks>
/// Equal weights: weights fitted to one half of a benchmark did worse on the other. Fast tests are averaged, for single
/// outliers; groups of slow and fast tests are combined by the root of their mean square, which lets one group dominate
/// without suppressing the rest.
/// </remarks>
internal static class EvidenceCombination
{
    /// <summary>The slow combination is noisier than the fast one, by this factor.</summary>
    private const double LateWeight = 0.8;
    private const double RecordBonus = 0.7;
    private const double RecordLimit = 0.3;

    /// <summary>The surprisal of a flat line beyond 1 in 100 counts in full: no other test responds to it, so that any
    /// mean would dilute it.</summary>
    private const double FlatFrom = 2;

    /// <summary>Likewise the surprisal of a shape beyond 1 in 1 000; successive windows overlap, so that they are
    /// anomalous together.</summary>
    private const double ShapeFrom = 3;

    /// <summary>Mean surprisal of the tests that compare a point with the baseline; the input of
    /// <see cref="SeriesTest.Sustained"/>.</summary>
    /// <param name="s">Surprisals, shape (tests).</param>
    public static double Mean(in TestValues s) =>
        (s[(int)SeriesTest.Point] + s[(int)SeriesTest.TimeOfDay] + s[(int)SeriesTest.Local] + s[(int)SeriesTest.Level12]
            + s[(int)SeriesTest.Level48]
            + s[(int)SeriesTest.Slow60] + s[(int)SeriesTest.Drift] + s[(int)SeriesTest.Variance]) / 8;

    /// <summary>Mean surprisal of the fast tests.</summary>
    /// <param name="s">Surprisals, shape (tests).</param>
    public static double Early(in TestValues s) =>
        (s[(int)SeriesTest.Point]
            + s[(int)SeriesTest.TimeOfDay] + s[(int)SeriesTest.Difference] + s[(int)SeriesTest.Local]
            + s[(int)SeriesTest.Level4]) / 5;

    /// <summary>Root mean square over groups of tests that respond to the same kind of change, plus the bonus of
    /// records.</summary>
    /// <param name="s">Surprisals, shape (tests).</param>
    /// <param name="records">Overshoots, shape (records).</param>
    public static double Late(in TestValues s, in RecordValues records)
    {
        var squares = Square((s[(int)SeriesTest.Point] + s[(int)SeriesTest.Local]) / 2)
            + Square(s[(int)SeriesTest.TimeOfDay])
            + Square((s[(int)SeriesTest.Level12] + s[(int)SeriesTest.Level48]) / 2)
            + Square((s[(int)SeriesTest.Slow60] + s[(int)SeriesTest.Drift]) / 2)
            + Square(s[(int)SeriesTest.Sustained])
            + Square(s[(int)SeriesTest.Variance]);
        var evidence = Math.Sqrt(squares / 6);
        foreach (var record in records)
        {
            var overshoot = Math.Abs(record);
            evidence += overshoot > RecordRange.Tolerance ? RecordBonus + Math.Min(RecordLimit, overshoot) : 0;
        }

        return evidence;
    }

    /// <summary>The evidence of a point: the larger of the two combinations, with what flat line, shape and effect size
    /// add.</summary>
    /// <param name="early"><see cref="Early"/>.</param>
    /// <param name="late"><see cref="Late"/>.</param>
    /// <param name="effect">Smallest distance from the baseline, in standard deviations of the last two days; a rare
    /// but tiny deviation is not relevant.</param>
    /// <param name="flat">Surprisal of <see cref="SeriesTest.FlatLine"/>.</param>
    /// <param name="shape">Surprisal of <see cref="SeriesTest.Shape"/>.</param>
    /// <returns>Non-negative, without an upper bound.</returns>
    public static double Combine(double early, double late, double effect, double flat, double shape) =>
        Math.Max(early, LateWeight * late)
            + Math.Max(0, flat - FlatFrom) + Math.Max(0, shape - ShapeFrom) + Math.Clamp(Math.Log10(effect), 0, 2);

    private static double Square(double value) => value * value;
}
