using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Certifications.Peers;

namespace Cpf.Ml.Scoring.Certifications;

/// <summary>One thing that is abnormal of a certification, with all that a person needs to judge it.</summary>
/// <param name="Share">Of the evidence against the certification, in [0, 1].</param>
/// <param name="Comparison">Value and dossiers behind it, and where nine of ten comparable certifications lie.</param>
/// <param name="Before">Value a year before; NaN where it is not known.</param>
/// <param name="Tail">One in so many certifications is as far out.</param>
/// <param name="Days">Of the dossiers that it is about: a quarter, or the last month where that alone says
/// more.</param>
/// <param name="RankWithout">What the rank would be if this family of features were as usual.</param>
public sealed record CertificationReason(
    Feature Feature,
    double Share, Comparison Comparison, Text Group, double Before, double Tail, int RankWithout, int Days)
{
    /// <summary>Beyond a limit that the law sets, whatever others do; or beyond one of practice and beyond nine in ten
    /// of its peers too.</summary>
    public bool IsFact => Comparison.Value >= Feature.Limit && (Feature.IsBreach || Comparison.Value > Comparison.High);

    /// <summary>R-F03 and the like, stable.</summary>
    public string Code => "R-" + Feature.Id;

    /// <summary>The value at which nothing would be said: where the outermost twentieth of comparable certifications
    /// begins; the value of a year before where only the move is unusual.</summary>
    public double Usual
    {
        get
        {
            var bound = Feature.Direction > 0 ? Comparison.High : Comparison.Low;
            return Feature.Direction * (Comparison.Value - bound) > 0 || !double.IsFinite(Before) ? bound : Before;
        }
    }

    public Text Sentence => ReasonSentences.Of(this);
}
