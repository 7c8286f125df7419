using System.Collections.Immutable;
using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Certifications.Outliers;

namespace Cpf.Ml.Scoring.Certifications.Evidence;

/// <summary>What a model is taught of a certification: the evidence of each feature, of each family and of all. More of any of them is never reassuring.</summary>
public static class EvidenceVector
{
    private static readonly ImmutableArray<IGrouping<string, Feature>> Families = [.. FeatureCatalogue.All.GroupBy(feature => feature.Family)];

    /// <summary>Columns, in their order.</summary>
    public static ImmutableArray<string> Names { get; } = [.. FeatureCatalogue.All.Select(feature => feature.Id), .. Families.Select(family => family.Key), "all"];

    /// <summary>One a place, in this order.</summary>
    /// <param name="places">In the set of the evidence.</param>
    public static FeatureTable Of(CertificationEvidence evidence, IReadOnlyList<int> places) => new(
        Names,
        [
            .. FeatureCatalogue.All.Select(feature => places.Select(place => evidence.Of(feature.Id, place)).ToArray()),
            .. Families.Select(family => places.Select(place => CertificationScorer.OfFamily(evidence, family, place)).ToArray()),
            [.. places.Select(place => Families.Sum(family => CertificationScorer.OfFamily(evidence, family, place)))],
        ]);
}
