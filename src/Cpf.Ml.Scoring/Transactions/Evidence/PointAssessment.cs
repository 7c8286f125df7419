using System.Runtime.CompilerServices;
using Cpf.Ml.Scoring.Transactions.Calendar;

namespace Cpf.Ml.Scoring.Transactions.Evidence;

/// <summary>A detector's assessment of a point, made before the point is learned.</summary>
/// <remarks>A value of about 350 bytes; pass it by reference.</remarks>
public readonly struct PointAssessment
{
    internal const int TestCount = 13;
    internal const int RecordCount = 3;

    /// <summary>Whether the point had a value; a missing point has no evidence.</summary>
    public bool HasValue { get; init; }

    /// <summary>Whether at least two days had been learned; before, <see cref="Score"/> is 0, which means
    /// unknown.</summary>
    public bool IsWarm { get; init; }

    /// <summary>Values learned before the point.</summary>
    public long Count { get; init; }

    /// <summary>Weeks of history behind the assessment; not part of the score.</summary>
    public double ConfidenceWeeks { get; init; }

    /// <summary>The expected value, in the unit of the series; NaN before the first value, like the bands.</summary>
    public double Expected { get; init; }

    /// <summary>Lower end of the band that holds 99 % of ordinary points, in the unit of the series.</summary>
    public double Lower99 { get; init; }

    /// <summary>Upper end of the band that holds 99 % of ordinary points, in the unit of the series.</summary>
    public double Upper99 { get; init; }

    /// <summary>Lower end of the band that holds 99.9 % of ordinary points, in the unit of the series.</summary>
    public double Lower999 { get; init; }

    /// <summary>Upper end of the band that holds 99.9 % of ordinary points, in the unit of the series.</summary>
    public double Upper999 { get; init; }

    /// <summary>Signed distance from <see cref="Expected"/> in standard deviations of the noise.</summary>
    public double NoiseUnits { get; init; }

    /// <summary>Combined evidence of the tests, the nonconformity score of the point: non-negative, without an upper
    /// bound, never suppressed.</summary>
    public double Evidence { get; init; }

    /// <summary>Share of ordinary points of the series with as much evidence, recalibrated; in (0, 1].</summary>
    public double PValue { get; init; }

    /// <summary>Evidence that an anomaly starts here, damped during the refractory period of an earlier one. May be
    /// negative; without an upper bound.</summary>
    public double Onset { get; init; }

    /// <summary>The p-value on a scale in [0, 1]: 0.6 is 1 in 1 000, 0.8 is 1 in 10 000, 1 is 1 in 100 000 or rarer. 0
    /// while not warm.</summary>
    public Score Score => IsWarm ? Score.FromPValue(PValue) : default;

    /// <summary>The value on the scale of the kind, less the cyclic component.</summary>
    internal double Scaled { get; init; }

    /// <summary>The component of the hourly or found cycle at this time, on the scale of the kind.</summary>
    internal double CyclicComponent { get; init; }

    /// <summary>The p-value before <see cref="Statistics.CalibrationDrift"/> recalibrates it and before the rate of a
    /// deployment.</summary>
    internal double RawPValue { get; init; }

    internal double Residual { get; init; }

    internal double LocalResidual { get; init; }

    /// <summary>Means of the recent past are updated with values clipped to this distance from the expected one, on the
    /// scale of the kind.</summary>
    internal double ClipDistance { get; init; }

    internal double LateEvidence { get; init; }

    internal double RawOnset { get; init; }

    internal LocalHour Hour { get; init; }

    internal TestValues Statistics { get; init; }

    internal TestValues Surprisals { get; init; }

    internal RecordValues Records { get; init; }

    /// <summary>Share of recent values that were exactly 0, if this one is; otherwise 1. Explains only: it is no part
    /// of the evidence.</summary>
    internal double ZeroPValue { get; init; }

    /// <summary>
    /// Whether the point itself is ordinary, though tests with a long memory may still respond to those before it: it
    /// is inside the 99 % band, and no test with a short memory fires.
    /// </summary>
    /// <param name="value">The point's value, in the unit of the series.</param>
    public bool IsOrdinary(double value) =>
        value >= Lower99 && value <= Upper99
        && EvidenceCombination.Early(Surprisals) < 1
        && SurprisalOf(SeriesTest.Level12) < 2
        && SurprisalOf(SeriesTest.Variance) < 2
        && SurprisalOf(SeriesTest.FlatLine) < 2;

    /// <summary>The signed statistic of a test, in its own unit.</summary>
    /// <param name="test">One of the tests.</param>
    public double Statistic(SeriesTest test) => Statistics[(int)test];

    /// <summary>The surprisal of a test, −log₁₀ of its p-value, in [0, 6].</summary>
    /// <param name="test">One of the tests.</param>
    public double SurprisalOf(SeriesTest test) => Surprisals[(int)test];
}

[InlineArray(PointAssessment.TestCount)]
internal struct TestValues
{
    private double _first;
}

[InlineArray(PointAssessment.RecordCount)]
internal struct RecordValues
{
    private double _first;
}
