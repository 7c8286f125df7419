using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Certifications;
using Cpf.Ml.Scoring.Certifications.Features;

namespace Cpf.Ml.Worker.Certifications;

/// <summary>The score and reasons of a certification in a run, as they were then.</summary>
/// <param name="Compared">Number of certifications with enough dossiers in the run; the API calls it
/// <c>of</c>.</param>
/// <param name="EurosAMonth">EUR of a month, from the last 90 days.</param>
/// <param name="Score">How rare the rank is, 0 to 100. Not a probability.</param>
/// <param name="Model">Name and version of the evidence or model that ranked it.</param>
/// <param name="Probability">Share of certifications of this score that a control confirms, estimated from past
/// controls; null without a model.</param>
/// <param name="NotComputable">Ids of the features whose data were missing for everybody.</param>
public sealed record CaseDocument(
    DateOnly Cutoff, int Rank, [property: JsonPropertyName("of")] int Compared, double Score,
    double Evidence, string Register, string Nsf, int? Level, string CertifierId, long Dossiers, double EurosAMonth,
    ImmutableArray<CaseReason> Reasons,
    ImmutableArray<Text> InFavour, ImmutableArray<string> NotComputable, string Model, double? Probability)
{
    /// <summary>A rule is broken: finding nothing needs a second reader.</summary>
    public bool HasFact => Reasons.Any(reason => reason.IsFact);

    public static CaseDocument From(ScoredCertification scored, int warm, FeatureSet set, string model) => new(
        set.Cutoff, scored.Rank, warm, Math.Round(scored.Score.Percent, 1), Math.Round(scored.Evidence, 3),
        scored.Certification.Register, scored.Certification.Nsf, scored.Certification.Level,
        scored.Certification.CertifierId, scored.Certification.Dossiers, Math.Round(scored.Certification.Euros / 3, 2),
        [.. scored.Reasons.Select(CaseReason.From)], scored.InFavour,
        set.NotComputable,
        model, scored.Probability is { } probability ? Math.Round(probability, 3) : null);
}

/// <summary>A reason of a case, as <see cref="CertificationReason"/> had it. Values are in the feature's
/// unit.</summary>
/// <param name="Low">5th percentile of comparable certifications.</param>
/// <param name="High">95th percentile of comparable certifications.</param>
/// <param name="Days">Length of the window in days.</param>
/// <param name="Before">Value a year before; null where it is not known.</param>
/// <param name="OneIn">One certification in so many is as far out.</param>
/// <param name="Share">Share of the evidence, in [0, 1].</param>
/// <param name="TypicalValue">Value from which on there would be no reason; the API calls it <c>usual</c>.</param>
/// <param name="RankWithout">Rank without evidence of this family of features.</param>
public sealed record CaseReason(
    string Feature, Text Sentence, Text Name, string Unit, double Value, double Low, double Median,
    double High, int Peers, Text Group, double Count, int Days, double? Before, double OneIn, double Share, bool IsFact,
    [property: JsonPropertyName("usual")] double TypicalValue, int RankWithout, Text Check, string Law)
{
    internal static CaseReason From(CertificationReason reason) => new(
        reason.Feature.Id, reason.Sentence, reason.Feature.Name, reason.Feature.Unit, reason.Position.Value,
        reason.Position.Low, reason.Position.Median, reason.Position.High, reason.Position.Peers,
        reason.Group, reason.Position.Count, reason.Days, double.IsFinite(reason.YearBefore) ? reason.YearBefore : null,
        reason.OneIn, reason.Share, reason.IsFact, reason.TypicalValue, reason.RankWithout,
        reason.Feature.Check, reason.Feature.Law);
}
