using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Certifications.Features;

/// <summary>What was measured of each company's part in each certification at a date.</summary>
/// <param name="Sellers">In order of certification and company.</param>
/// <param name="Values">By feature: one a seller, NaN where it is not computable or is no matter of dossiers.</param>
/// <param name="Counts">By feature: dossiers behind each value.</param>
public sealed record SellerSet(ImmutableArray<MeasuredSeller> Sellers, IReadOnlyDictionary<string, double[]> Values, IReadOnlyDictionary<string, double[]> Counts);

/// <summary>A company's part in a certification.</summary>
/// <param name="Certification">Its id.</param>
/// <param name="Siren">Of the company.</param>
/// <param name="Dossiers">Of the last 90 days.</param>
/// <param name="Share">Of the certification's dossiers of these days, in (0, 1].</param>
public sealed record MeasuredSeller(string Certification, string Siren, long Dossiers, double Share);
