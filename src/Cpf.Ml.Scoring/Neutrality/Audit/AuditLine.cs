using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Neutrality.Audit;

/// <summary>What an audit can say; not proven bias is not neutrality.</summary>
public enum NeutralityVerdict
{
    /// <summary>Proven to lie within the tolerance.</summary>
    Neutral,

    /// <summary>Proven to differ, by more than the tolerance as far as one can see.</summary>
    Biased,

    /// <summary>Neither is proven.</summary>
    Inconclusive,
}

/// <summary>In what an effect is told; 0 is neutral in all.</summary>
public enum AuditMeasure
{
    /// <summary>Exposure more or less than that of equally relevant offers, a share: -0.1 is a tenth less.</summary>
    Exposure,

    /// <summary>Elasticity of an organisation's exposure to the number of its equally relevant offers: 1 when twice the
    /// offers are seen twice as much.</summary>
    Elasticity,

    /// <summary>Exposure more or less for the double of something, a share.</summary>
    Doubling,

    /// <summary>Distance of rankings that should be alike, beyond that of repetitions; 0 alike, 1 nothing in
    /// common.</summary>
    Distance,

    /// <summary>What answers have, more or less than those to the same question elsewhere, a share.</summary>
    Answers,

    /// <summary>The same, of something that is a share itself: a difference of shares.</summary>
    Share,
}

/// <summary>One thing that was tested, with its verdict and all that it rests on.</summary>
/// <param name="Dimension">Id, as of <see cref="AuditDimension"/>; <c>organisation</c>, <c>volume</c>,
/// <c>popularity</c>, <c>text</c>, <c>context</c>, <c>answers-…</c>, or <c>pair-…</c>.</param>
/// <param name="Group">Id; empty where there are none.</param>
/// <param name="Effect">NaN where there was nothing to compare.</param>
/// <param name="Low">95 %, the wider of both ways to take it.</param>
/// <param name="High">95 %.</param>
/// <param name="P">Chance of so large an effect by chance, the larger of both tests where there are two.</param>
/// <param name="AdjustedP">Over all lines of the audit (Benjamini–Hochberg).</param>
/// <param name="EquivalenceP">Chance of so small an effect if the truth were at the tolerance, over all lines as
/// well.</param>
/// <param name="Detectable">The smallest effect that four audits of five like this one would have found.</param>
/// <param name="Opportunities">What the line rests on: times that offers could have been shown, or pairs of
/// searches.</param>
/// <param name="Needed">About so many would be enough for a verdict if there is no bias; null where the verdict is
/// there.</param>
/// <param name="Reason">Why it is inconclusive without a test; null otherwise.</param>
/// <param name="Examples">Questions in which most of it can be seen, to be asked again by anybody.</param>
public sealed record AuditLine(
    string Dimension,
    Text Name, string Group, Text GroupName, AuditMeasure Measure, double Effect, double Low, double High, double P,
    double AdjustedP, double EquivalenceP, double Detectable, double Tolerance, long Opportunities, int Questions,
    int Organisations, NeutralityVerdict Verdict, long? Needed, Text? Reason, ImmutableArray<AuditExample> Examples)
{
    /// <summary>Of pairs of questions those of which one was answered and the other got nothing.</summary>
    public int Unanswered { get; init; }

    /// <summary>What a biased group's gap goes with, the most first.</summary>
    public ImmutableArray<GapExplanation> Explanations { get; init; } = [];

    /// <summary>The effect drawn towards 0 by how much the groups of its dimension differ
    /// (<see cref="Statistics.Shrinkage"/>): of many small groups the largest effects are mostly chance. NaN where
    /// groups are few.</summary>
    public double Shrunk { get; init; } = double.NaN;

    public string Key => Group.Length == 0 ? Dimension : $"{Dimension}/{Group}";
}

/// <summary>A question to ask again.</summary>
public sealed record AuditExample(string Query, string Filters);
