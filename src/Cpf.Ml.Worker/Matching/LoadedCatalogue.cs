using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Matching.Query;

namespace Cpf.Ml.Worker.Matching;

/// <summary>A catalogue that can be asked.</summary>
/// <param name="Model">Name and version, shown with every answer.</param>
/// <param name="TrainedOn">When its folder was written.</param>
public sealed record LoadedCatalogue(MatchingCatalogue Catalogue, QueryUnderstanding Understanding, MatchingManifest Manifest, string Model, DateOnly TrainedOn)
{
    public Recommendations Ask(RecommendationQuery query) => Recommendations.Of(Catalogue, Understanding, query);
}
