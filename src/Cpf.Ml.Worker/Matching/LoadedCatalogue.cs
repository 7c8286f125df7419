using System.Collections.Immutable;
using Cpf.Ml.Scoring.Matching.Market;
using Cpf.Ml.Scoring.Matching.Model;
using Cpf.Ml.Scoring.Matching.Query;

namespace Cpf.Ml.Worker.Matching;

/// <summary>A catalogue in service.</summary>
/// <param name="Model">Name and version, shown with every answer.</param>
/// <param name="WrittenOn">When its folder was written.</param>
/// <param name="Market">What the platform sells; null where no platform data are named or they could not be
/// read.</param>
public sealed record LoadedCatalogue(MatchingCatalogue Catalogue,
    QueryUnderstanding Understanding, MatchingManifest Manifest, string Model, DateOnly WrittenOn, LoadedMarket? Market)
{
    public Recommendations Ask(RecommendationQuery query) =>
        Recommendations.Find(Catalogue, Understanding, query, Market?.Certifications);
}

/// <param name="Day">First day that is not counted.</param>
public sealed record LoadedMarket(DateOnly Day, ImmutableDictionary<string, CertificationMarket> Certifications);
