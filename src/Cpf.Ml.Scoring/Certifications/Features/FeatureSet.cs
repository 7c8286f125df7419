using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Certifications.Features;

/// <summary>What was measured of every certification at a date.</summary>
/// <param name="Cutoff">Nothing of this day or later was looked at.</param>
/// <param name="Days">Of dossiers before it that were, unless a feature says otherwise.</param>
/// <param name="Certifications">In order of their ids.</param>
/// <param name="Values">By feature: one a certification, NaN where it is not computable.</param>
/// <param name="Counts">By feature: dossiers behind each value.</param>
/// <param name="Known">What explains a change beforehand, by certification and family of features.</param>
/// <param name="Missing">What the data do not have: features that need it are not computable for anybody.</param>
public sealed record FeatureSet(
    DateOnly Cutoff, int Days, ImmutableArray<MeasuredCertification> Certifications, IReadOnlyDictionary<string, double[]> Values, IReadOnlyDictionary<string, double[]> Counts,
    IReadOnlyDictionary<(string Certification, string Family), string> Known, ImmutableHashSet<string> Missing);

/// <param name="Modality">How most of its dossiers are taught: onsite, remote or mixed.</param>
/// <param name="Dossiers">Of these days.</param>
/// <param name="Euros">Of these days.</param>
public sealed record MeasuredCertification(
    string Id, string Title, string Register, string Nsf, int? Level, string CertifierId, string Modality, long Dossiers, double Euros);
