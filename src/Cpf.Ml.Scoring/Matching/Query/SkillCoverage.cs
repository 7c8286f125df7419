using System.Collections.Immutable;
using Cpf.Ml.Scoring.Matching.Wording;

namespace Cpf.Ml.Scoring.Matching.Query;

/// <summary>Skills of a job that a text names, and those that it does not. Silence is not absence: a fiche's title and
/// blocks say little of what is taught.</summary>
/// <param name="Named">Skills and activities of the job that the text names, in French.</param>
/// <param name="NotNamed">Skills and activities of the job that it does not name.</param>
public sealed record SkillCoverage(ImmutableArray<string> Named, ImmutableArray<string> NotNamed)
{
    /// <summary>A skill is named where half of its words are there, by their first letters.</summary>
    private const double Half = 0.5;

    private const int Stem = 6;

    /// <summary>Skills of a job that a certification's title, blocks and contents name.</summary>
    /// <param name="fiche">The certification.</param>
    /// <param name="job">The job.</param>
    public static SkillCoverage Compute(Fiche fiche, Job job) => Compute(Texts(fiche), job);

    /// <summary>All words of a fiche.</summary>
    internal static IEnumerable<string> Texts(Fiche fiche) =>
        [fiche.Title, .. fiche.Blocks, .. fiche.Formacodes.Select(code => code.Label)];

    /// <summary>Skills of a job that texts name.</summary>
    /// <param name="texts">Texts in French.</param>
    /// <param name="job">The job.</param>
    public static SkillCoverage Compute(IEnumerable<string> texts, Job job)
    {
        var known = texts.SelectMany(Stems).ToHashSet(StringComparer.Ordinal);
        var skills = job.Skills.Concat(job.Activities).Distinct().ToLookup(skill =>
            Stems(skill).ToList() is { Count: > 0 } words && words.Count(known.Contains) >= Half * words.Count);
        return new([.. skills[true]], [.. skills[false]]);
    }

    private static IEnumerable<string> Stems(string text) =>
        FrenchText.Words(FrenchText.Fold(text)).Select(word => word.Length > Stem ? word[..Stem] : word).Distinct();
}
