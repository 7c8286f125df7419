using System.Collections.Immutable;
using Cpf.Ml.Scoring.Certifications;
using Cpf.Ml.Scoring.Certifications.Evidence;
using Cpf.Ml.Scoring.Certifications.Features;

namespace Cpf.Ml.Worker.Certifications;

/// <summary>All certifications scored once.</summary>
/// <param name="Id">Follows from the data and the cut-off.</param>
/// <param name="Warm">With enough dossiers to be compared.</param>
/// <param name="Document">Report of the run; null for runs of older versions.</param>
public sealed record CertificationRun(
    string Id, DateOnly Cutoff, DateTimeOffset RanAt, int Certifications, int Warm, RunDocument? Document);

/// <summary>Report of a run: what ranked, on which features, and whether small and large certifications are flagged
/// alike.</summary>
/// <param name="Ranking">The evidence or a model, with its version.</param>
/// <param name="NotComputable">Features for which the data lack a table or column.</param>
/// <param name="Drift">How far features have moved within a year, the furthest first.</param>
/// <param name="FirstOfSmall">Share of the smaller half of the compared certifications, by dossiers, among the first
/// 2 %.</param>
/// <param name="FirstOfLarge">The same of the larger half.</param>
public sealed record RunDocument(string Ranking,
    ImmutableArray<string> NotComputable, ImmutableArray<FeatureDrift> Drift, double FirstOfSmall, double FirstOfLarge)
{
    /// <summary>Of all certifications, those that a year's reading can look into.</summary>
    private const double FirstShare = 0.02;

    internal static RunDocument From(
        string ranking, CertificationMeasures measures, ImmutableArray<ScoredCertification> scored)
    {
        var bySize = scored.Where(certification => certification.IsWarm)
            .OrderBy(certification => certification.Certification.Dossiers)
            .ThenBy(certification => certification.Certification.Id, StringComparer.Ordinal).ToList();
        double Share(IEnumerable<ScoredCertification> half) =>
            half.Select(certification => certification.Rank <= FirstShare * scored.Length ? 1.0 : 0)
                .DefaultIfEmpty().Average();
        return new RunDocument(
            ranking,
            measures.Quarter.NotComputable,
            FeatureDrift.Between(measures.Quarter, measures.YearBefore),
            Share(bySize.Take(bySize.Count / 2)),
            Share(bySize.Skip(bySize.Count / 2)));
    }
}
