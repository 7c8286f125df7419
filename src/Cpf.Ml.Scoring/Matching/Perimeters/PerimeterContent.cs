using System.Collections.Immutable;
using Cpf.Ml.Scoring.Matching.Model;

namespace Cpf.Ml.Scoring.Matching.Perimeters;

/// <summary>Which links bring a certification into a perimeter without a person's choice.</summary>
public enum PerimeterRule
{
    /// <summary>Declared links only.</summary>
    Declared,

    /// <summary>Also estimated links that can be included without a review, see <see cref="LinkBand"/>.</summary>
    Sure,

    /// <summary>Also estimated links that a person should review.</summary>
    Reviewed,
}

/// <summary>A certification that a person has included or excluded by hand.</summary>
/// <param name="Certification">Code of the certification.</param>
/// <param name="IsIncluded">Whether it was included; else it was excluded.</param>
/// <param name="Reason">Why, in the person's words.</param>
public sealed record PerimeterChoice(string Certification, bool IsIncluded, string Reason);

/// <summary>What a funder helps with: jobs, the rule that brings their certifications in, and people's choices. The
/// certifications are kept as they were, so that a policy does not change of itself.</summary>
/// <param name="Name">Name that people gave it.</param>
/// <param name="Query">Search text from which it was made.</param>
/// <param name="Jobs">ROME codes, version 3.</param>
/// <param name="Rule">Which links bring certifications in.</param>
/// <param name="Choices">Certifications included or excluded by hand, which override the rule.</param>
/// <param name="From">First day in force; null where none is set.</param>
/// <param name="Until">Last day in force; null where none is set.</param>
/// <param name="Model">Name and version of the model whose links were used.</param>
/// <param name="Certifications">Codes of its certifications, in order.</param>
/// <param name="Rome4">For each job, the codes of version 4 that replaced it at the time.</param>
public sealed record PerimeterContent(
    string Name, string Query, ImmutableArray<string> Jobs, PerimeterRule Rule, ImmutableArray<PerimeterChoice> Choices,
    DateOnly? From, DateOnly? Until, string Model, ImmutableArray<string> Certifications,
    ImmutableSortedDictionary<string, ImmutableArray<string>> Rome4)
{
    /// <summary>The same perimeter by what the register and the model say now.</summary>
    /// <param name="catalogue">Register and links of now.</param>
    /// <param name="model">Name and version of the catalogue's model.</param>
    public PerimeterContent Resolve(MatchingCatalogue catalogue, string model)
    {
        var included = Choices.Where(choice => choice.IsIncluded).Select(choice => choice.Certification);
        var excluded = Choices.Where(choice => !choice.IsIncluded).Select(choice => choice.Certification).ToHashSet();
        var ruled = catalogue.LeadingTo(Jobs.Distinct().ToDictionary(job => job, _ => 1.0), isActiveOnly: true)
            .Where(row => Rule switch
        {
            PerimeterRule.Declared => row.Link.Tier == LinkTier.Declared,
            PerimeterRule.Sure => catalogue.VerdictOf(row.Link) == LinkVerdict.Include,
            _ => catalogue.VerdictOf(row.Link) != LinkVerdict.Exclude,
        }).Select(row => row.Fiche.Fiche.Id);
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
/// <param name="Added">Codes of certifications that only the newer content has.</param>
/// <param name="Removed">Codes of certifications that only the older content has.</param>
/// <param name="JobsAdded">ROME codes that only the newer content has.</param>
/// <param name="JobsRemoved">ROME codes that only the older content has.</param>
public sealed record PerimeterDifference(ImmutableArray<string> Added,
    ImmutableArray<string> Removed, ImmutableArray<string> JobsAdded, ImmutableArray<string> JobsRemoved)
{
    /// <summary>Compares two contents.</summary>
    /// <param name="before">The older content.</param>
    /// <param name="now">The newer content.</param>
    public static PerimeterDifference Between(PerimeterContent before, PerimeterContent now) => new(
        [.. now.Certifications.Except(before.Certifications)], [.. before.Certifications.Except(now.Certifications)],
        [.. now.Jobs.Except(before.Jobs)], [.. before.Jobs.Except(now.Jobs)]);

    /// <summary>Whether the contents are the same.</summary>
    public bool IsEmpty => Added.IsEmpty && Removed.IsEmpty && JobsAdded.IsEmpty && JobsRemoved.IsEmpty;
}

/// <summary>What a newer register or model would change of a perimeter.</summary>
/// <param name="New">Codes of certifications that its rule would now bring in.</param>
/// <param name="Ended">Codes of its certifications that are no longer active, or no longer in the register.</param>
/// <param name="Left">Codes of its certifications that its rule no longer brings in, though they are active.</param>
/// <param name="SplitJobs">ROME codes of its jobs that other codes of version 4 replace now than then.</param>
public sealed record PerimeterNotice(ImmutableArray<string> New,
    ImmutableArray<string> Ended, ImmutableArray<string> Left, ImmutableArray<string> SplitJobs)
{
    /// <summary>Compares a perimeter with what the register and the model say now.</summary>
    /// <param name="content">The perimeter, as it was approved.</param>
    /// <param name="catalogue">Register and links of now.</param>
    /// <param name="model">Name and version of the catalogue's model.</param>
    public static PerimeterNotice Compare(PerimeterContent content, MatchingCatalogue catalogue, string model)
    {
        var now = content.Resolve(catalogue, model);
        var isActive = content.Certifications.ToLookup(id => catalogue.Find(id)?.Fiche.IsActive == true);
        return new(
            [.. now.Certifications.Except(content.Certifications)],
            [.. isActive[false]], [.. isActive[true].Except(now.Certifications)],
            [.. content.Rome4.Where(entry => now.Rome4.TryGetValue(entry.Key, out var today)
                && !entry.Value.SequenceEqual(today)).Select(entry => entry.Key)]);
    }

    /// <summary>Whether nothing would change.</summary>
    public bool IsEmpty => New.IsEmpty && Ended.IsEmpty && Left.IsEmpty && SplitJobs.IsEmpty;
}
