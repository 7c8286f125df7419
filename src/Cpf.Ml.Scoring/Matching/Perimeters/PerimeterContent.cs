using System.Collections.Immutable;
using Cpf.Ml.Scoring.Matching.Model;

namespace Cpf.Ml.Scoring.Matching.Perimeters;

/// <summary>Which links bring a certification into a perimeter without anybody's looking.</summary>
public enum PerimeterRule
{
    /// <summary>Those that certifiers declare.</summary>
    Declared,

    /// <summary>And estimated ones that can be included without a look, see <see cref="LinkBand"/>.</summary>
    Sure,

    /// <summary>And estimated ones that a person should review.</summary>
    Reviewed,
}

/// <summary>A certification that a person has put in or taken out.</summary>
public sealed record PerimeterChoice(string Certification, bool IsIncluded, string Reason);

/// <summary>What a funder helps with: jobs, the rule that brings their certifications in, and people's choices. The
/// certifications are kept as they were, so that a policy does not change of itself.</summary>
/// <param name="Query">What was asked when it was made.</param>
/// <param name="Jobs">ROME codes, version 3.</param>
/// <param name="From">First day; null where none is set, as the last.</param>
/// <param name="Model">Of whose links it was made.</param>
/// <param name="Certifications">In the order of their codes.</param>
/// <param name="Rome4">Of each job, the jobs of version 4 that came of it then.</param>
public sealed record PerimeterContent(
    string Name, string Query, ImmutableArray<string> Jobs, PerimeterRule Rule, ImmutableArray<PerimeterChoice> Choices,
    DateOnly? From, DateOnly? Until, string Model, ImmutableArray<string> Certifications,
    ImmutableSortedDictionary<string, ImmutableArray<string>> Rome4)
{
    /// <summary>The same by what the register and the model say now.</summary>
    public PerimeterContent Resolve(MatchingCatalogue catalogue, string model)
    {
        var included = Choices.Where(choice => choice.IsIncluded).Select(choice => choice.Certification);
        var excluded = Choices.Where(choice => !choice.IsIncluded).Select(choice => choice.Certification).ToHashSet();
        var ruled = catalogue.LeadingTo(Jobs.Distinct().ToDictionary(job => job, _ => 1.0), isActiveOnly: true)
            .Where(one => Rule switch
        {
            PerimeterRule.Declared => one.Link.Tier == LinkTier.Declared,
            PerimeterRule.Sure => catalogue.VerdictOf(one.Link) == LinkVerdict.Include,
            _ => catalogue.VerdictOf(one.Link) != LinkVerdict.Exclude,
        }).Select(one => one.Fiche.Fiche.Id);
        return this with
        {
            Model = model,
            Certifications = [.. ruled.Concat(included)
                .Where(id => !excluded.Contains(id)).Distinct().Order(StringComparer.Ordinal)],
            Rome4 = Jobs.Distinct().ToImmutableSortedDictionary(job => job, job => catalogue.JobOf(job) is { } known ? [
                .. known.Recent.Select(recent => recent.Code)] : ImmutableArray<string>.Empty, StringComparer.Ordinal),
        };
    }
}

/// <summary>What differs between two contents.</summary>
public sealed record PerimeterDifference(ImmutableArray<string> Added,
    ImmutableArray<string> Removed, ImmutableArray<string> JobsAdded, ImmutableArray<string> JobsRemoved)
{
    public static PerimeterDifference Between(PerimeterContent before, PerimeterContent now) => new(
        [.. now.Certifications.Except(before.Certifications)], [.. before.Certifications.Except(now.Certifications)],
        [.. now.Jobs.Except(before.Jobs)], [.. before.Jobs.Except(now.Jobs)]);

    public bool IsEmpty => Added.IsEmpty && Removed.IsEmpty && JobsAdded.IsEmpty && JobsRemoved.IsEmpty;
}

/// <summary>What a newer register or model would change of a perimeter.</summary>
/// <param name="New">Certifications that its rule brings in now.</param>
/// <param name="Ended">Its certifications that are no longer active, or no longer there.</param>
/// <param name="Left">Those that its rule no longer brings in, though they are active.</param>
/// <param name="SplitJobs">Its jobs of which other jobs of version 4 come than then.</param>
public sealed record PerimeterNotice(ImmutableArray<string> New,
    ImmutableArray<string> Ended, ImmutableArray<string> Left, ImmutableArray<string> SplitJobs)
{
    public static PerimeterNotice Of(PerimeterContent content, MatchingCatalogue catalogue, string model)
    {
        var now = content.Resolve(catalogue, model);
        var isActive = content.Certifications.ToLookup(id => catalogue.Find(id)?.Fiche.IsActive == true);
        return new(
            [.. now.Certifications.Except(content.Certifications)],
            [.. isActive[false]], [.. isActive[true].Except(now.Certifications)],
            [.. content.Rome4.Where(one => now.Rome4.TryGetValue(one.Key, out var today)
                && !one.Value.SequenceEqual(today)).Select(one => one.Key)]);
    }

    public bool IsEmpty => New.IsEmpty && Ended.IsEmpty && Left.IsEmpty && SplitJobs.IsEmpty;
}
