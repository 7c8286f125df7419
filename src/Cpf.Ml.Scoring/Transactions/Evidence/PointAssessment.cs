using System.Runtime.CompilerServices;
using Cpf.Ml.Scoring.Transactions.Calendar;

namespace Cpf.Ml.Scoring.Transactions.Evidence;

/// <summary>What a detector says of a point before it learns it. A value of about 350 bytes; pass it by
/// reference.</summary>
public readonly struct PointAssessment
{
    internal const int TestCount = 13;
    internal const int RecordCount = 3;

    /// <summary>The point had a value; a missing one has no evidence.</summary>
    public bool HasValue { get; init; }

    /// <summary>At least two days have been seen; before, <see cref="Score"/> is 0 and means "not known yet".</summary>
    public bool IsWarm { get; init; }

    /// <summary>Values seen before the point.</summary>
    public long Count { get; init; }

    /// <summary>Weeks of values behind the judgement; separate from the score.</summary>
    public double ConfidenceWeeks { get; init; }

    /// <summary>In the unit of the series; NaN while nothing is known, like the bands.</summary>
    public double Expected { get; init; }

    /// <summary>99 % of ordinary points lie in [<see cref="Lower99"/>, <see cref="Upper99"/>].</summary>
    public double Lower99 { get; init; }

    public double Upper99 { get; init; }

    /// <summary>99.9 % of ordinary points lie in [<see cref="Lower999"/>, <see cref="Upper999"/>].</summary>
    public double Lower999 { get; init; }

    public double Upper999 { get; init; }

    /// <summary>Distance from <see cref="Expected"/> in multiples of the usual noise, signed.</summary>
    public double NoiseUnits { get; init; }

    /// <summary>Combined evidence of this point: non-negative, uncapped, never suppressed.</summary>
    public double Evidence { get; init; }

    /// <summary>How rare such evidence is in the past of the series, in (0, 1].</summary>
    public double PValue { get; init; }

    /// <summary>Evidence that something begins here: after rest and escalation, may be negative, uncapped.</summary>
    public double Onset { get; init; }

    /// <summary>1 resolves to 1 in 100 000: 0.6 = 1 in 1 000, 0.8 = 1 in 10 000. 0 while not warm.</summary>
    public Score Score => IsWarm ? Score.OfPValue(PValue) : default;

    /// <summary>The value on the scale of the kind, without the habit of its minute.</summary>
    internal double Scaled { get; init; }

    /// <summary>What the series does at this minute of each hour, on the scale of the kind.</summary>
    internal double Habit { get; init; }

    /// <summary>How rare the evidence is, before <see cref="Statistics.CalibrationDrift"/> mends it.</summary>
    internal double Rarity { get; init; }

    internal double Residual { get; init; }

    internal double LocalResidual { get; init; }

    /// <summary>Means of the recent past take in a value up to this distance from what is expected, on the scale of the
    /// kind.</summary>
    internal double Edge { get; init; }

    internal double LateEvidence { get; init; }

    internal double RawOnset { get; init; }

    internal LocalHour Hour { get; init; }

    internal TestValues Statistics { get; init; }

    internal TestValues Evidences { get; init; }

    internal RecordValues Records { get; init; }

    /// <summary>
    /// Whether the point itself is as it should be, though tests with a long memory still see what was before it:
    /// inside the 99 % band, and no test of short memory speaks.
    /// </summary>
    /// <param name="value">The point's value, in the unit of the series.</param>
    public bool IsOrdinary(double value) =>
        value >= Lower99 && value <= Upper99
        && EvidenceCombination.Early(Evidences) < 1
        && EvidenceOf(SeriesTest.Level12) < 2
        && EvidenceOf(SeriesTest.Variance) < 2
        && EvidenceOf(SeriesTest.FlatLine) < 2;

    /// <summary>Signed statistic of a test.</summary>
    public double Statistic(SeriesTest test) => Statistics[(int)test];

    /// <summary>−log10 of the p-value of a test, in [0, 6].</summary>
    public double EvidenceOf(SeriesTest test) => Evidences[(int)test];
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
