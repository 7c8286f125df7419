using System.Collections.Immutable;
using Cpf.Ml.Scoring.Matching.Market;
using Cpf.Ml.Scoring.Matching.Model;

namespace Cpf.Ml.Scoring.Matching.Query;

/// <summary>A search of the catalogue, with its filters and order.</summary>
/// <param name="Text">Text, as <see cref="QueryUnderstanding.Understand"/> reads it.</param>
/// <param name="Jobs">ROME codes that a person has chosen among what was understood; empty for those that come
/// first.</param>
/// <param name="Level">European level; null for all.</param>
/// <param name="Register"><c>RNCP</c> or <c>RS</c>; null for both.</param>
/// <param name="Tier">Tier of links; null for all.</param>
/// <param name="WithExpired">Whether to list also what can no longer be registered for.</param>
/// <param name="Region">Code of a region in which an organisation that sells it has its seat; null for all. This and
/// the next two leave out what the platform does not sell.</param>
/// <param name="IsRemote">Whether to list only what is sold remotely.</param>
/// <param name="MaxPrice">Highest median price of a dossier, EUR; null for all.</param>
/// <param name="Order">Order of the list.</param>
public sealed record RecommendationQuery(
    string Text, ImmutableArray<string> Jobs, int? Level = null, string? Register = null, LinkTier? Tier = null,
    bool WithExpired = false, string? Region = null, bool IsRemote = false, int? MaxPrice = null,
    RecommendationOrder Order = RecommendationOrder.Link);

/// <summary>What comes first. Certifications of which the figure is not known come last.</summary>
public enum RecommendationOrder
{
    /// <summary>Declared links, then the likeliest.</summary>
    Link,

    /// <summary>The lowest median price.</summary>
    Price,

    /// <summary>The highest share of people who passed.</summary>
    Success,

    /// <summary>The most people.</summary>
    Dossiers,
}

/// <summary>A certification that leads to a job that is asked for.</summary>
/// <param name="Fiche">The certification.</param>
/// <param name="Link">Its best link to the jobs.</param>
/// <param name="Verdict">Whether the link can be used without a review.</param>
/// <param name="Market">What the platform sells of it; null where it sells nothing, or is not linked.</param>
public sealed record Recommendation(
    CataloguedFiche Fiche, CataloguedLink Link, LinkVerdict Verdict, CertificationMarket? Market);

/// <summary>Certifications that lead to what was asked for, and how many there are of which kind.</summary>
/// <param name="Understood">How the text was understood.</param>
/// <param name="Jobs">ROME codes that certifications are listed for.</param>
/// <param name="All">Certifications that pass the filters, in the order asked for.</param>
/// <param name="Levels">Number of certifications of each level, whatever level is asked for; the other counts
/// likewise.</param>
/// <param name="Registers">Number of certifications of each register.</param>
/// <param name="Tiers">Number of certifications by the tier of their link.</param>
/// <param name="Regions">Number of certifications sold in each region, by its code.</param>
/// <param name="Remote">Number of certifications sold remotely.</param>
/// <param name="JobsWithout">ROME codes of the jobs that no certification leads to.</param>
public sealed record Recommendations(
    JobQuery Understood,
    ImmutableArray<string> Jobs, ImmutableArray<Recommendation> All, ImmutableSortedDictionary<int, int> Levels,
    ImmutableSortedDictionary<string, int> Registers, ImmutableSortedDictionary<LinkTier, int> Tiers,
    ImmutableSortedDictionary<string, int> Regions, int Remote, ImmutableArray<string> JobsWithout)
{
    /// <summary>Finds the certifications that lead to what a query asks for.</summary>
    /// <param name="catalogue">Register and links.</param>
    /// <param name="understanding">Index of the same catalogue.</param>
    /// <param name="query">Search text, filters and order.</param>
    /// <param name="market">What the platform sells, by certification; null where no platform data are read.</param>
    public static Recommendations Find(MatchingCatalogue catalogue, QueryUnderstanding understanding,
        RecommendationQuery query, IReadOnlyDictionary<string, CertificationMarket>? market = null)
    {
        var understood = understanding.Understand(query.Text);
        ImmutableArray<string> jobs = query.Jobs.IsDefaultOrEmpty ? [.. understood.Chosen]
            : [.. query.Jobs.Where(job => catalogue.JobOf(job) is not null).Distinct()];
        var weights = understood.Jobs.ToDictionary(job => job.Job, job => job.Confidence);
        var found = catalogue
            .LeadingTo(jobs.ToDictionary(job => job, job => weights.GetValueOrDefault(job, 1)), !query.WithExpired)
            .Select(row => new Recommendation(row.Fiche,
                row.Link, catalogue.VerdictOf(row.Link), market?.GetValueOrDefault(row.Fiche.Fiche.Id))).ToList();
        var filters = new Dictionary<string, Func<Recommendation, bool>>
        {
            [nameof(query.Level)] = recommendation => query.Level is null
                || recommendation.Fiche.Fiche.Level == query.Level,
            [nameof(query.Register)] = recommendation => query.Register is null
                || RegisterOf(recommendation) == query.Register,
            [nameof(query.Tier)] = recommendation => query.Tier is null || recommendation.Link.Tier == query.Tier,
            [nameof(query.Region)] = recommendation => query.Region is null
                || recommendation.Market?.Regions.ContainsKey(query.Region) == true,
            [nameof(query.IsRemote)] = recommendation => !query.IsRemote || recommendation.Market?.RemoteShare > 0,
            [nameof(query.MaxPrice)] = recommendation => query.MaxPrice is null
                || recommendation.Market?.Price?.Middle <= query.MaxPrice,
        };
        IEnumerable<Recommendation> Without(string filter) =>
            found.Where(recommendation => filters.All(each => each.Key == filter || each.Value(recommendation)));
        var reached =
            found.SelectMany(recommendation => recommendation.Fiche.Links.Select(link => link.Job)).ToHashSet();
        return new(
            understood, jobs, [.. Ordered(
                found.Where(recommendation => filters.Values.All(passes => passes(recommendation))), query.Order)],
            Without(nameof(query.Level)).Where(recommendation => recommendation.Fiche.Fiche.Level is not null)
                .CountBy(recommendation => recommendation.Fiche.Fiche.Level!.Value).ToImmutableSortedDictionary(),
            Without(nameof(query.Register)).CountBy(RegisterOf).ToImmutableSortedDictionary(StringComparer.Ordinal),
            Without(nameof(query.Tier))
                .CountBy(recommendation => recommendation.Link.Tier).ToImmutableSortedDictionary(),
            Without(nameof(query.Region)).SelectMany(recommendation => recommendation.Market?.Regions.Keys ?? [])
                .CountBy(code => code).ToImmutableSortedDictionary(StringComparer.Ordinal),
            Without(nameof(query.IsRemote)).Count(recommendation => recommendation.Market?.RemoteShare > 0),
            [.. jobs.Where(job => !reached.Contains(job))]);
    }

    /// <summary>Stable: what is equal stays in the order of its links.</summary>
    private static IEnumerable<Recommendation> Ordered(
        IEnumerable<Recommendation> all, RecommendationOrder order) => order switch
        {
            RecommendationOrder.Price =>
                all.OrderBy(recommendation => recommendation.Market?.Price?.Middle ?? double.PositiveInfinity),
            RecommendationOrder.Success =>
                all.OrderByDescending(recommendation => recommendation.Market?.Success ?? -1),
            RecommendationOrder.Dossiers =>
                all.OrderByDescending(recommendation => recommendation.Market?.Dossiers ?? -1),
            _ => all,
        };

    private static string RegisterOf(Recommendation recommendation) =>
        recommendation.Fiche.Fiche.IsSpecific ? "RS" : "RNCP";
}
