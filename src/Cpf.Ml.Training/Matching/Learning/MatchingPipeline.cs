using System.Collections.Immutable;
using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Matching.Model;
using Cpf.Ml.Training.Commands;

namespace Cpf.Ml.Training.Matching.Learning;

/// <summary>From register and ROME to a model.</summary>
internal static class MatchingPipeline
{
    /// <param name="training">Fiches that declare jobs; the others of the register are looked at for their lineage
    /// only.</param>
    public static (MatchingModel Model, ImmutableArray<LinkBand> Bands) Fit(
        IReadOnlyList<Fiche> training, IReadOnlyList<Fiche> register, IReadOnlyList<Job> jobs, Progress progress)
    {
        progress.Begin("learning from the register and the ROME");
        var knowledge = KnowledgeTraining.Fit(training, register, jobs);
        progress.Begin("learning on held-out folds", StackTraining.Folds);
        var pairs = StackTraining.Pairs(training, register, jobs, progress).ToList();
        progress.Begin("weighing signals and calibrating");
        // What a threshold promises is seen on families that trained neither the signals nor their weights.
        var bands = BandTraining.Fit(Enumerable.Range(0, StackTraining.Folds).SelectMany(fold =>
        {
            var others = Weigh([.. pairs.Where(pair => pair.Fold != fold)]);
            return pairs.Where(pair => pair.Fold == fold)
                .Select(pair => (pair.Tier, others.Probability(pair.IsRenewal, pair.Tier, pair.Signals), pair.IsLink));
        }));
        var weighing = Weigh(pairs);
        return (new MatchingModel(knowledge, weighing, JobTitleTraining.Fit(jobs, training), jobs), bands);
    }

    private static SignalWeighing Weigh(IReadOnlyList<HeldOutPair> pairs)
    {
        // A register without renewals has none to learn from: their signals weigh what they weigh for the others.
        SignalRegression Fit(Func<HeldOutPair, bool> which) => LogisticTraining.Fit(
            [.. (pairs.Any(which) ? pairs.Where(which) : pairs).Select(pair => (pair.Signals, pair.IsLink))]);
        return new(
            Fit(pair => !pair.IsRenewal),
            Fit(pair => pair.IsRenewal && pair.Tier != LinkTier.Predecessor),
            Fit(pair => pair.Tier == LinkTier.Predecessor));
    }
}
