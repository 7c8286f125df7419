using System.Collections.Immutable;
using Cpf.Ml.Scoring.Matching.Market;
using Cpf.Ml.Scoring.Matching.Model;

namespace Cpf.Ml.Scoring.Matching.Query;

/// <summary>What is asked of the catalogue.</summary>
/// <param name="Text">As <see cref="QueryUnderstanding.Understand"/> takes it.</param>
/// <param name="Jobs">ROME codes that a person has chosen among what was understood; empty for those that come
/// first.</param>
/// <param name="Level">European level; null for all.</param>
/// <param name="Register"><c>RNCP</c> or <c>RS</c>; null for both.</param>
/// <param name="Tier">Null for all.</param>
/// <param name="WithExpired">Also what can no longer be registered for.</param>
/// <param name="Region">Code of a region where an organisation that sells it has its seat; null for all. What the
/// platform does not sell is left out by this and the next two.</param>
/// <param name="IsRemote">Only what is sold at a distance.</param>
/// <param name="MostPrice">Of the median dossier, EUR; null for all.</param>
public sealed record RecommendationQuery(
    string Text, ImmutableArray<string> Jobs, int? Level = null, string? Register = null, LinkTier? Tier = null,
    bool WithExpired = false, string? Region = null, bool IsRemote = false, int? MostPrice = null,
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
/// <param name="Link">Its best link to these jobs.</param>
/// <param name="Market">What the platform sells of it; null where it sells nothing, or is not linked.</param>
public sealed record Recommendation(
    CataloguedFiche Fiche, CataloguedLink Link, LinkVerdict Verdict, CertificationMarket? Market);

/// <summary>Certifications that lead to what was asked for, and how many there are of which kind.</summary>
/// <param name="Jobs">ROME codes that they are listed for.</param>
/// <param name="All">As the filters leave them, in the order that was asked for.</param>
/// <param name="Levels">How many there are of each level, whatever level is asked for; the other counts alike.</param>
/// <param name="Regions">By code.</param>
/// <param name="Remote">Sold at a distance.</param>
/// <param name="JobsWithout">Of the jobs, those that no certification leads to.</param>
public sealed record Recommendations(
    JobQuery Understood,
    ImmutableArray<string> Jobs, ImmutableArray<Recommendation> All, ImmutableSortedDictionary<int, int> Levels,
    ImmutableSortedDictionary<string, int> Registers, ImmutableSortedDictionary<LinkTier, int> Tiers,
    ImmutableSortedDictionary<string, int> Regions, int Remote, ImmutableArray<string> JobsWithout)
{
    /// <param name="market">By certification; null where no platform is linked.</param>
    public static Recommendations Of(MatchingCatalogue catalogue, QueryUnderstanding understanding,
        RecommendationQuery query, IReadOnlyDictionary<string, CertificationMarket>? market = null)
    {
        var understood = understanding.Understand(query.Text);
        ImmutableArray<string> jobs = query.Jobs.IsDefaultOrEmpty ? [.. understood.Chosen]
            : [.. query.Jobs.Where(job => catalogue.JobOf(job) is not null).Distinct()];
        var weights = understood.Jobs.ToDictionary(job => job.Job, job => job.Confidence);
        var found = catalogue
            .LeadingTo(jobs.ToDictionary(job => job, job => weights.GetValueOrDefault(job, 1)), !query.WithExpired)
            .Select(one => new Recommendation(one.Fiche,
                one.Link, catalogue.VerdictOf(one.Link), market?.GetValueOrDefault(one.Fiche.Fiche.Id))).ToList();
        var filters = new Dictionary<string, Func<Recommendation, bool>>
        {
            [nameof(query.Level)] = one => query.Level is null || one.Fiche.Fiche.Level == query.Level,
            [nameof(query.Register)] = one => query.Register is null || RegisterOf(one) == query.Register,
            [nameof(query.Tier)] = one => query.Tier is null || one.Link.Tier == query.Tier,
            [nameof(query.Region)] = one => query.Region is null
                || one.Market?.Regions.ContainsKey(query.Region) == true,
            [nameof(query.IsRemote)] = one => !query.IsRemote || one.Market?.RemoteShare > 0,
            [nameof(query.MostPrice)] = one => query.MostPrice is null || one.Market?.Price?.Middle <= query.MostPrice,
        };
        IEnumerable<Recommendation> Without(string filter) =>
            found.Where(one => filters.All(each => each.Key == filter || each.Value(one)));
        var reached = found.SelectMany(one => one.Fiche.Links.Select(link => link.Job)).ToHashSet();
        return new(
            understood, jobs, [.. Ordered(found.Where(one => filters.Values.All(passes => passes(one))), query.Order)],
            Without(nameof(query.Level)).Where(one => one.Fiche.Fiche.Level is not null)
                .CountBy(one => one.Fiche.Fiche.Level!.Value).ToImmutableSortedDictionary(),
            Without(nameof(query.Register)).CountBy(RegisterOf).ToImmutableSortedDictionary(StringComparer.Ordinal),
            Without(nameof(query.Tier)).CountBy(one => one.Link.Tier).ToImmutableSortedDictionary(),
            Without(nameof(query.Region)).SelectMany(one => one.Market?.Regions.Keys ?? [])
                .CountBy(code => code).ToImmutableSortedDictionary(StringComparer.Ordinal),
            Without(nameof(query.IsRemote)).Count(one => one.Market?.RemoteShare > 0),
            [.. jobs.Where(job => !reached.Contains(job))]);
    }

    /// <summary>Stable: what is equal stays in the order of its links.</summary>
    private static IEnumerable<Recommendation> Ordered(
        IEnumerable<Recommendation> all, RecommendationOrder order) => order switch
        {
            RecommendationOrder.Price => all.OrderBy(one => one.Market?.Price?.Middle ?? double.PositiveInfinity),
            RecommendationOrder.Success => all.OrderByDescending(one => one.Market?.Success ?? -1),
            RecommendationOrder.Dossiers => all.OrderByDescending(one => one.Market?.Dossiers ?? -1),
            _ => all,
        };

    private static string RegisterOf(Recommendation one) => one.Fiche.Fiche.IsSpecific ? "RS" : "RNCP";
}
