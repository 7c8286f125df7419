using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Neutrality.Audit;

/// <summary>Verdict of a test. Bias that is not proven is not neutrality.</summary>
public enum NeutralityVerdict
{
    /// <summary>The effect is proven to lie within the tolerance.</summary>
    Neutral,

    /// <summary>The effect is proven to differ from 0, and its estimate lies beyond the tolerance.</summary>
    Biased,

    /// <summary>Neither is proven.</summary>
    Inconclusive,
}

/// <summary>Unit of an effect; 0 is neutral in each.</summary>
public enum AuditMeasure
{
    /// <summary>Relative difference of exposure from that of equally relevant offers: -0.1 is a tenth less.</summary>
    Exposure,

    /// <summary>Elasticity of an organisation's exposure to the number of its equally relevant offers: 1 when twice the
    /// offers get twice the exposure.</summary>
    Elasticity,

    /// <summary>Relative difference of exposure for the double of a quantity.</summary>
    Doubling,

    /// <summary>Distance of rankings that should be alike, beyond that of repetitions: 0 is alike, 1 has nothing in
    /// common.</summary>
    Distance,

    /// <summary>Relative difference between answers and those to the same question elsewhere.</summary>
    Answers,

    /// <summary>Difference between shares: as <see cref="Answers"/>, of something that is a share itself.</summary>
    Share,
}

/// <summary>One test of an audit, with its verdict and all that it rests on.</summary>
/// <param name="Dimension">Id: of an <see cref="AuditDimension"/>, or <c>organisation</c>, <c>volume</c>,
/// <c>popularity</c>, <c>text</c>, <c>context</c>, <c>answers-…</c>, <c>pair-…</c>.</param>
/// <param name="Name">Name of the dimension.</param>
/// <param name="Group">Id of the group; empty for a dimension without groups.</param>
/// <param name="GroupName">Name of the group; both texts null for a dimension without groups.</param>
/// <param name="Measure">Unit of the effect and of its bounds.</param>
/// <param name="Effect">Estimated effect; NaN where there was nothing to compare.</param>
/// <param name="Low">Lower bound of the effect, 95 %: the wider of two intervals where there are two.</param>
/// <param name="High">Upper bound of the effect, 95 %.</param>
/// <param name="P">P-value of no effect, two-sided: the larger of two tests where there are two.</param>
/// <param name="AdjustedP">P-value adjusted over all lines of the audit (Benjamini and Hochberg 1995).</param>
/// <param name="EquivalenceP">P-value of an effect at or beyond the tolerance (two one-sided tests), adjusted over all
/// lines.</param>
/// <param name="Detectable">Smallest effect that an audit of this size detects four times in five.</param>
/// <param name="Tolerance">Effect that is tolerated, above 0.</param>
/// <param name="Opportunities">Number of times that offers of the group could have been shown, or of pairs of
/// searches.</param>
/// <param name="Questions">Number of questions, or of pairs of questions, that were compared.</param>
/// <param name="Organisations">Number of organisations of the group; 0 where organisations play no part.</param>
/// <param name="Verdict">Verdict at the level of the settings.</param>
/// <param name="Needed">Approximate number of opportunities that would be enough for a verdict if there is no bias;
/// null where the verdict is there.</param>
/// <param name="Reason">Why the line is inconclusive without a test; null otherwise.</param>
/// <param name="Examples">Questions in which most of the effect arises, to be asked again by anybody.</param>
public sealed record AuditLine(
    string Dimension,
    Text Name, string Group, Text GroupName, AuditMeasure Measure, double Effect, double Low, double High, double P,
    double AdjustedP, double EquivalenceP, double Detectable, double Tolerance, long Opportunities, int Questions,
    int Organisations, NeutralityVerdict Verdict, long? Needed, Text? Reason, ImmutableArray<AuditExample> Examples)
{
    /// <summary>Number of pairs of questions of which one was answered and the other got nothing.</summary>
    public int Unanswered { get; init; }

    /// <summary>Explanations of a biased group's gap, the largest first.</summary>
    public ImmutableArray<GapExplanation> Explanations { get; init; } = [];

    /// <summary>The effect shrunk towards 0 by how much the groups of its dimension differ
    /// (<see cref="Statistics.Shrinkage"/>): of many small groups the largest effects are mostly chance. NaN where
    /// groups are few.</summary>
    public double Shrunk { get; init; } = double.NaN;

    /// <summary>Identity of the line between audits: dimension and group.</summary>
    public string Key => Group.Length == 0 ? Dimension : $"{Dimension}/{Group}";
}

/// <summary>A question to ask again.</summary>
/// <param name="Query">Search text.</param>
/// <param name="Filters">Filters, as the log has them; empty for none.</param>
public sealed record AuditExample(string Query, string Filters);
