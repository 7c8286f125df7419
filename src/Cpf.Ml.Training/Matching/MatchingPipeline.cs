using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Training.Matching.Learning;

namespace Cpf.Ml.Training.Matching;

/// <summary>From register and ROME to a model.</summary>
internal static class MatchingPipeline
{
    /// <param name="taught">Fiches that declare jobs; the others of the register are looked at for their lineage only.</param>
    public static MatchingModel Fit(IReadOnlyList<Fiche> taught, IReadOnlyList<Fiche> register, IReadOnlyList<Job> jobs)
    {
        var knowledge = KnowledgeTraining.Fit(taught, register, jobs);
        var pairs = StackTraining.Pairs(taught, register, jobs).ToList();
        var regressions = pairs.ToLookup(pair => pair.IsRenewal, pair => (pair.Signals, pair.IsLink));
        return new MatchingModel(knowledge, LogisticTraining.Fit([.. regressions[false]]), LogisticTraining.Fit([.. regressions[true]]), JobTitleTraining.Fit(jobs, taught), jobs);
    }
}
