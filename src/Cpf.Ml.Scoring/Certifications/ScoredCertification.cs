using System.Collections.Immutable;
using Cpf.Ml.Scoring.Certifications.Features;

namespace Cpf.Ml.Scoring.Certifications;

/// <summary>What is said of a certification at a date.</summary>
/// <param name="IsWarm">Enough dossiers to be compared; otherwise the score is 0 and no rank is given: not known is not
/// calm.</param>
/// <param name="Rank">1 for the most evidence; 0 when not warm.</param>
/// <param name="Score">How rare its rank is: 60 is 1 in 1 000. Not a probability of fraud.</param>
/// <param name="Evidence">Sum over families of features, in natural logarithms of rarity.</param>
/// <param name="Probability">Share of certifications of this score that a control confirms, as far as past controls
/// tell; null without a model.</param>
/// <param name="Reasons">At most five, facts first, then by share.</param>
/// <param name="InFavour">What speaks for it: known events and features on the reassuring side.</param>
public sealed record ScoredCertification(
    MeasuredCertification Certification, bool IsWarm, int Rank, Score Score,
    double Evidence, double? Probability, ImmutableArray<CertificationReason> Reasons, ImmutableArray<Text> InFavour);
