using System.Collections.Immutable;
using Cpf.Ml.Scoring.Certifications.Features;

namespace Cpf.Ml.Scoring.Certifications;

/// <summary>The score of a certification at a date, with its reasons.</summary>
/// <param name="Certification">What was measured of it in the last quarter.</param>
/// <param name="IsWarm">Whether it has enough dossiers to be compared; otherwise the score is 0 and there is no rank:
/// unknown is not calm.</param>
/// <param name="Rank">1 for the most suspicious; 0 when not warm.</param>
/// <param name="Score">How rare its rank is: 60 is 1 in 1 000. It is not a probability of fraud.</param>
/// <param name="Evidence">Sum of the evidence of all families of features, −ln of rarity, 0 or more.</param>
/// <param name="Probability">Share of certifications of this score that a control confirms, estimated from past
/// controls, in [0, 1]; null without a model.</param>
/// <param name="Reasons">At most five, facts first, then by their share of the evidence.</param>
/// <param name="InFavour">What speaks for it: known events, and features on the reassuring side.</param>
public sealed record ScoredCertification(
    MeasuredCertification Certification, bool IsWarm, int Rank, Score Score,
    double Evidence, double? Probability, ImmutableArray<CertificationReason> Reasons, ImmutableArray<Text> InFavour);
