using System.Collections.Immutable;
using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Matching.Model;

namespace Cpf.Ml.Training.Matching.Learning;

/// <summary>Links of the whole register: what is declared, and what the model adds.</summary>
internal static class CatalogueBuilding
{
    /// <summary>Below, a link is not worth a person's look.</summary>
    private const double MinProbability = 0.05;

    /// <summary>As many as the register lets a certifier declare, and as many again.</summary>
    private const int MaxEstimated = 10;

    public static ImmutableArray<CataloguedFiche> Link(MatchingModel model, IReadOnlyList<Fiche> register) =>
        [.. register.AsParallel().AsOrdered().Select(fiche => new CataloguedFiche(fiche, [.. Links(model, fiche)]))];

    private static IEnumerable<CataloguedLink> Links(MatchingModel model, Fiche fiche)
    {
        var estimated = model.Link(fiche);
        var fits = estimated.ToDictionary(link => link.Job, link => Math.Round(link.Probability, 4));
        return fiche.Jobs.Select(job => new CataloguedLink(job, LinkTier.Declared, fits.GetValueOrDefault(job), null))
            .Concat(estimated.Where(link => link.Probability >= MinProbability && !fiche.Jobs.Contains(link.Job))
                .Take(MaxEstimated).Select(link => (Link: link, Why: model.Explain(fiche, link)))
                .Select(row => new CataloguedLink(row.Link.Job, row.Why.Tier, fits[row.Link.Job], row.Why)));
    }
}
