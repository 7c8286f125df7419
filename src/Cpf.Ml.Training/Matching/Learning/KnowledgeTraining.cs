using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Matching.Model;

namespace Cpf.Ml.Training.Matching.Learning;

/// <summary>Learns from fiches with declared jobs and from the ROME.</summary>
internal static class KnowledgeTraining
{
    private const int EpochsOfLinear = 20;
    private const int EpochsOfChoice = 15;

    /// <param name="training">Fiches that declare jobs; no other is looked at.</param>
    /// <param name="register">All fiches, for their lineage.</param>
    public static MatchingKnowledge Fit(
        IReadOnlyList<Fiche> training, IReadOnlyList<Fiche> register, IReadOnlyList<Job> jobs, int seed = 1)
    {
        string[] codes = [.. jobs.Select(job => job.Code)
            .Concat(training.SelectMany(fiche => fiche.Jobs)).Distinct().Order(StringComparer.Ordinal)];
        var indexOf = codes.Index().ToDictionary(code => code.Item, code => code.Index);
        var set = TrainingRows.Encode(training, jobs, indexOf);
        var (linear, choice) = (default(LinearModel), default(LinearModel));
        Parallel.Invoke(
            () => linear = LinearTraining.OneVersusRest(set.Rows, set.Space.Count, set.Prior, EpochsOfLinear, seed),
            () => choice = LinearTraining.Softmax(set.Rows, set.Space.Count, set.Prior, EpochsOfChoice, seed));
        return MatchingKnowledge.Build([.. codes], set.Prior, set.Space, linear!, choice!, training, jobs, register
            .Where(fiche => fiche.Ancestors.Length > 0).ToDictionary(fiche => fiche.Id, fiche => fiche.Ancestors));
    }
}
