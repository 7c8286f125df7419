using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Matching.Query;

/// <summary>What is asked of the catalogue.</summary>
/// <param name="Text">As <see cref="QueryUnderstanding.Understand"/> takes it.</param>
/// <param name="Jobs">ROME codes that a person has chosen among what was understood; empty for those that come first.</param>
/// <param name="Level">European level; null for all.</param>
/// <param name="Register"><c>RNCP</c> or <c>RS</c>; null for both.</param>
/// <param name="Tier">Null for all.</param>
/// <param name="WithExpired">Also what can no longer be registered for.</param>
public sealed record RecommendationQuery(string Text, ImmutableArray<string> Jobs, int? Level = null, string? Register = null, LinkTier? Tier = null, bool WithExpired = false);

/// <summary>A certification that leads to a job that is asked for.</summary>
/// <param name="Link">Its best link to these jobs.</param>
public sealed record Recommendation(CataloguedFiche Fiche, CataloguedLink Link, LinkVerdict Verdict);

/// <summary>Certifications that lead to what was asked for, and how many there are of which kind.</summary>
/// <param name="Jobs">ROME codes that they are listed for.</param>
/// <param name="All">As the filters leave them, declared ones first.</param>
/// <param name="Levels">How many there are of each level, whatever level is asked for; the other counts alike.</param>
/// <param name="JobsWithout">Of the jobs, those that no certification leads to.</param>
public sealed record Recommendations(
    JobQuery Understood, ImmutableArray<string> Jobs, ImmutableArray<Recommendation> All, ImmutableSortedDictionary<int, int> Levels, ImmutableSortedDictionary<string, int> Registers, ImmutableSortedDictionary<LinkTier, int> Tiers,
    ImmutableArray<string> JobsWithout)
{
    public static Recommendations Of(MatchingCatalogue catalogue, QueryUnderstanding understanding, RecommendationQuery query)
    {
        var understood = understanding.Understand(query.Text);
        ImmutableArray<string> jobs = query.Jobs.IsDefaultOrEmpty ? [.. understood.Chosen] : [.. query.Jobs.Where(job => catalogue.JobOf(job) is not null).Distinct()];
        var weights = understood.Jobs.ToDictionary(job => job.Job, job => job.Confidence);
        var found = catalogue.LeadingTo(jobs.ToDictionary(job => job, job => weights.GetValueOrDefault(job, 1)), !query.WithExpired).Select(one => new Recommendation(one.Fiche, one.Link, catalogue.VerdictOf(one.Link))).ToList();
        bool OfLevel(Recommendation one) => query.Level is null || one.Fiche.Fiche.Level == query.Level;
        bool OfRegister(Recommendation one) => query.Register is null || RegisterOf(one) == query.Register;
        bool OfTier(Recommendation one) => query.Tier is null || one.Link.Tier == query.Tier;
        var reached = found.SelectMany(one => one.Fiche.Links.Select(link => link.Job)).ToHashSet();
        return new(
            understood, jobs, [.. found.Where(one => OfLevel(one) && OfRegister(one) && OfTier(one))],
            found.Where(one => OfRegister(one) && OfTier(one) && one.Fiche.Fiche.Level is not null).GroupBy(one => one.Fiche.Fiche.Level!.Value).ToImmutableSortedDictionary(group => group.Key, group => group.Count()),
            found.Where(one => OfLevel(one) && OfTier(one)).GroupBy(RegisterOf).ToImmutableSortedDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal),
            found.Where(one => OfLevel(one) && OfRegister(one)).GroupBy(one => one.Link.Tier).ToImmutableSortedDictionary(group => group.Key, group => group.Count()),
            [.. jobs.Where(job => !reached.Contains(job))]);
    }

    private static string RegisterOf(Recommendation one) => one.Fiche.Fiche.IsSpecific ? "RS" : "RNCP";
}
