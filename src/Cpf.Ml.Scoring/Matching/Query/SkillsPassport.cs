using System.Collections.Immutable;
using Cpf.Ml.Scoring.Matching.Model;

namespace Cpf.Ml.Scoring.Matching.Query;

/// <summary>From what a person knows towards a job: what they have of it, what is missing, and which certifications add
/// how much. Nothing of it is kept.</summary>
/// <param name="Target">The job that the person aims at.</param>
/// <param name="Has">Skills of the job that the person's words or certifications name.</param>
/// <param name="Missing">The other skills of the job.</param>
/// <param name="Steps">Active certifications that lead to the job: declared links first, then by what they add.</param>
public sealed record SkillsPassport(
    Job Target, ImmutableArray<string> Has, ImmutableArray<string> Missing, ImmutableArray<PassportStep> Steps)
{
    /// <summary>Certifications that are worth a look.</summary>
    private const int MaxSteps = 30;

    /// <summary>Compares what a person can do with what a job needs.</summary>
    /// <param name="catalogue">Register and links.</param>
    /// <param name="target">ROME code, version 3; of the catalogue.</param>
    /// <param name="words">What the person can do, in their own words.</param>
    /// <param name="certifications">Codes of certifications that they hold; unknown ones are passed over.</param>
    /// <exception cref="ArgumentException">The catalogue has no such job.</exception>
    public static SkillsPassport Compute(MatchingCatalogue catalogue,
        string target, IReadOnlyCollection<string> words, IReadOnlyCollection<string> certifications)
    {
        var job = catalogue.JobOf(target) ?? throw new ArgumentException($"No job {target}.", nameof(target));
        var held = certifications.Select(catalogue.Find).OfType<CataloguedFiche>().ToList();

        // Skills have the same words in every job of the ROME that asks for them.
        var shared = held.SelectMany(fiche => fiche.Fiche.Jobs).Select(catalogue.JobOf)
            .OfType<Job>().SelectMany(other => other.Skills.Concat(other.Activities)).ToHashSet(StringComparer.Ordinal);
        var coverage =
            SkillCoverage.Compute([.. words, .. held.SelectMany(fiche => SkillCoverage.Texts(fiche.Fiche))], job);
        var missing = coverage.NotNamed.Where(skill => !shared.Contains(skill)).ToImmutableArray();
        var steps = catalogue.LeadingTo(new Dictionary<string, double> { [target] = 1 }, isActiveOnly: true)
            .Where(row => held.TrueForAll(own => own.Fiche.Id != row.Fiche.Fiche.Id))
            .Select(row => new PassportStep(
                row.Fiche, row.Link, [.. SkillCoverage.Compute(row.Fiche.Fiche, job).Named.Where(missing.Contains)]))
            .OrderBy(step => step.Link.Tier != LinkTier.Declared)
            .ThenByDescending(step => step.Adds.Length).ThenByDescending(step => step.Link.Probability)
            .ThenByDescending(step => step.Fiche.Fiche.Id, StringComparer.Ordinal);
        return new(
            job, [.. coverage.Named, .. coverage.NotNamed.Where(shared.Contains)], missing, [.. steps.Take(MaxSteps)]);
    }
}

/// <summary>A certification towards the job.</summary>
/// <param name="Fiche">The certification.</param>
/// <param name="Link">Its link to the job.</param>
/// <param name="Adds">Missing skills that its fiche names; it may well teach others.</param>
public sealed record PassportStep(CataloguedFiche Fiche, CataloguedLink Link, ImmutableArray<string> Adds);
