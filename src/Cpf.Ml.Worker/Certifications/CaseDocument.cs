using System.Collections.Immutable;
using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Certifications;
using Cpf.Ml.Scoring.Certifications.Features;

namespace Cpf.Ml.Worker.Certifications;

/// <summary>What a run said of a certification, as it was then.</summary>
/// <param name="Of">Certifications with enough dossiers in the run.</param>
/// <param name="EurosAMonth">EUR of a month, from the last 90 days.</param>
/// <param name="Score">0 to 100: how rare the rank is. Not a probability.</param>
/// <param name="Model">What ranked it.</param>
/// <param name="Probability">Share of certifications of this score that a control confirms, as far as past controls
/// tell; null without a model.</param>
/// <param name="NotComputable">Features whose data were missing for everybody.</param>
public sealed record CaseDocument(
    DateOnly Cutoff, int Rank, int Of, double Score,
    double Evidence, string Register, string Nsf, int? Level, string CertifierId, long Dossiers, double EurosAMonth,
    ImmutableArray<CaseReason> Reasons,
    ImmutableArray<Text> InFavour, ImmutableArray<string> NotComputable, string Model, double? Probability)
{
    /// <summary>A rule is broken: closing it as nothing needs a second reader.</summary>
    public bool HasFact => Reasons.Any(reason => reason.IsFact);

    public static CaseDocument From(ScoredCertification scored, int warm, FeatureSet set, string model) => new(
        set.Cutoff, scored.Rank, warm, Math.Round(scored.Score.Percent, 1), Math.Round(scored.Evidence, 3),
        scored.Certification.Register, scored.Certification.Nsf, scored.Certification.Level,
        scored.Certification.CertifierId, scored.Certification.Dossiers, Math.Round(scored.Certification.Euros / 3, 2),
        [.. scored.Reasons.Select(CaseReason.From)], scored.InFavour,
        set.NotComputable,
        model, scored.Probability is { } probability ? Math.Round(probability, 3) : null);
}

/// <param name="Low">5 % of comparable certifications are below.</param>
/// <param name="Days">Of dossiers that it is about.</param>
/// <param name="Before">A year before; null where it is not known.</param>
/// <param name="OneIn">One certification in so many is as far out.</param>
/// <param name="Share">Of the evidence, in [0, 1].</param>
/// <param name="Usual">From this value on nothing would be said.</param>
/// <param name="RankWithout">Rank if this family of features were as usual.</param>
public sealed record CaseReason(
    string Feature, Text Sentence, Text Name, string Unit, double Value, double Low, double Median,
    double High, int Peers, Text Group, double Count, int Days, double? Before, double OneIn, double Share, bool IsFact,
    double Usual, int RankWithout, Text Check, string Law)
{
    internal static CaseReason From(CertificationReason reason) => new(
        reason.Feature.Id, reason.Sentence, reason.Feature.Name, reason.Feature.Unit, reason.Comparison.Value,
        reason.Comparison.Low, reason.Comparison.Median, reason.Comparison.High, reason.Comparison.Peers,
        reason.Group, reason.Comparison.Count, reason.Days, double.IsFinite(reason.Before) ? reason.Before : null,
        reason.Tail, reason.Share, reason.IsFact, reason.Usual, reason.RankWithout,
        reason.Feature.Check, reason.Feature.Law);
}
