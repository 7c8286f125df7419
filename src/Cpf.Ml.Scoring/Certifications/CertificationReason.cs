using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Certifications.Peers;

namespace Cpf.Ml.Scoring.Certifications;

/// <summary>One anomaly of a certification, with all that a person needs to judge it.</summary>
/// <param name="Feature">The feature of its family with the most evidence.</param>
/// <param name="Share">Share of the evidence against the certification that is of this feature's family, in
/// [0, 1].</param>
/// <param name="Position">The value and the dossiers behind it, and where nine in ten comparable certifications
/// lie.</param>
/// <param name="Group">What the comparable certifications have in common, for people.</param>
/// <param name="YearBefore">The value of the quarter a year before, in the feature's unit; NaN where it is not
/// known.</param>
/// <param name="OneIn">One certification in so many is as far out; at least 1.</param>
/// <param name="RankWithout">The rank that the certification would have without evidence of this family, from
/// 1.</param>
/// <param name="Days">Length of the window that the reason is about: 90 days, or 30 where the last month alone is
/// stronger evidence.</param>
public sealed record CertificationReason(
    Feature Feature, double Share, PeerPosition Position, Text Group, double YearBefore, double OneIn, int RankWithout,
    int Days)
{
    /// <summary>Whether the value is beyond a limit that the law sets, whatever others do, or beyond a limit of
    /// practice and beyond nine in ten of its peers too.</summary>
    public bool IsFact => Position.Value >= Feature.Limit && (Feature.IsBreach || Position.Value > Position.High);

    /// <summary>Stable code of the reason: <c>R-F03</c> and the like.</summary>
    public string Code => "R-" + Feature.Id;

    /// <summary>The value, in the feature's unit, from which on there would be no reason: where the outermost twentieth
    /// of comparable certifications begins, or the value of a year before where only the change is an
    /// anomaly.</summary>
    public double TypicalValue
    {
        get
        {
            var bound = Feature.Direction > 0 ? Position.High : Position.Low;
            var isBeyond = Feature.Direction * (Position.Value - bound) > 0;
            return isBeyond || !double.IsFinite(YearBefore) ? bound : YearBefore;
        }
    }

    /// <summary>The reason in a whole sentence of each language.</summary>
    public Text Sentence => ReasonSentences.Write(this);
}
