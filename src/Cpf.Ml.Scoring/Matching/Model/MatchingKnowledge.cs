using System.Collections.Immutable;
using Cpf.Ml.Scoring.Matching.Wording;

namespace Cpf.Ml.Scoring.Matching.Model;

/// <summary>What was learnt: weights, and the fiches and texts themselves.</summary>
/// <param name="Jobs">Codes, in order.</param>
/// <param name="Prior">Share of fiches that declare each job.</param>
/// <param name="Space">Features of certifications.</param>
/// <param name="Linear">A logistic regression for each job.</param>
/// <param name="Choice">One choice among the jobs.</param>
/// <param name="Fiches">With jobs that are declared, by their places.</param>
/// <param name="Documents">All that the ROME says of each job, as one text.</param>
/// <param name="Mobilities">Of each job, those that people move to.</param>
/// <param name="Ancestors">Of every fiche of the register that has some.</param>
internal sealed record MatchingKnowledge(
    ImmutableArray<string> Jobs, float[] Prior, FeatureSpace Space, LinearModel Linear, LinearModel Choice,
    IReadOnlyList<(Fiche Fiche, SparseRow Row, int[] Jobs)> Fiches, IReadOnlyList<SparseRow> Documents,
    IReadOnlyList<HashSet<int>> Mobilities, IReadOnlyDictionary<string, ImmutableArray<string>> Ancestors)
{
    /// <param name="codes">ROME codes in the model's order.</param>
    /// <param name="prior">Prior share of each job.</param>
    /// <param name="space">Features of certifications.</param>
    /// <param name="linear">Independent classifier of each job.</param>
    /// <param name="choice">Classifier that chooses among jobs.</param>
    /// <param name="fiches">With declared jobs, all of which are in <paramref name="codes"/>.</param>
    /// <param name="jobs">Of the ROME; a code of <paramref name="codes"/> may be in none of its versions.</param>
    /// <param name="ancestors">Predecessors of each certification.</param>
    public static MatchingKnowledge Build(
        ImmutableArray<string> codes,
        float[] prior, FeatureSpace space, LinearModel linear, LinearModel choice, IReadOnlyList<Fiche> fiches,
        IReadOnlyList<Job> jobs, IReadOnlyDictionary<string, ImmutableArray<string>> ancestors)
    {
        var (indexOf, byCode) = (codes.Index().ToDictionary(code => code.Item, code => code.Index),
            jobs.ToDictionary(job => job.Code));
        return new(
            codes, prior, space, linear, choice,
            [.. fiches.AsParallel().AsOrdered().Select(
                fiche => (fiche,
                    space.Row(FicheFeatures.Of(fiche)), fiche.Jobs.Select(job => indexOf[job]).ToArray()))],
            [.. codes.AsParallel()
                .AsOrdered().Select(code => space.Row(byCode.TryGetValue(code, out var job) ? Document(job) : []))],
            [.. codes.Select(code => byCode.TryGetValue(code, out var job)
                ? job.Mobilities.Where(indexOf.ContainsKey).Select(to => indexOf[to]).ToHashSet() : [])],
            ancestors);
    }

    /// <summary>The label three times, titles, labels of the ROME 4, skills, activities, definition.</summary>
    private static IEnumerable<(string Group, string Feature)> Document(Job job) =>
        Enumerable.Repeat(job.Label, 3).Concat(job.Titles.SelectMany(JobTitle.Forms))
            .Concat(job.Recent.SelectMany(recent => JobTitle.Forms(recent.Label)))
            .Concat(job.Skills).Concat(job.Activities).Append(job.Definition)
            .SelectMany(FicheFeatures.OfText);
}
