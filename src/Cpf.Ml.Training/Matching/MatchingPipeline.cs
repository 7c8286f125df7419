using System.Collections.Immutable;
using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Matching.Model;
using Cpf.Ml.Training.Matching.Learning;

namespace Cpf.Ml.Training.Matching;

/// <summary>From register and ROME to a model.</summary>
internal static class MatchingPipeline
{
    /// <param name="taught">Fiches that declare jobs; the others of the register are looked at for their lineage only.</param>
    public static (MatchingModel Model, ImmutableArray<LinkBand> Bands) Fit(IReadOnlyList<Fiche> taught, IReadOnlyList<Fiche> register, IReadOnlyList<Job> jobs)
    {
        var knowledge = KnowledgeTraining.Fit(taught, register, jobs);
        var pairs = StackTraining.Pairs(taught, register, jobs).ToList();
        // What a threshold promises is seen on families that taught neither the signals nor their weights.
        var bands = BandTraining.Fit(Enumerable.Range(0, StackTraining.Folds).SelectMany(fold =>
        {
            var others = Weigh([.. pairs.Where(pair => pair.Fold != fold)]);
            return pairs.Where(pair => pair.Fold == fold).Select(pair => (pair.Tier, others.Probability(pair.IsRenewal, pair.Tier, pair.Signals), pair.IsLink));
        }));
        var weighing = Weigh(pairs);
        return (new MatchingModel(knowledge, weighing, JobTitleTraining.Fit(jobs, taught), jobs), bands);
    }

    private static SignalWeighing Weigh(IReadOnlyList<HeldOutPair> pairs)
    {
        SignalRegression Of(Func<HeldOutPair, bool> which) => LogisticTraining.Fit([.. pairs.Where(which).Select(pair => (pair.Signals, pair.IsLink))]);
        return new(Of(pair => !pair.IsRenewal), Of(pair => pair.IsRenewal && pair.Tier != LinkTier.Predecessor), Of(pair => pair.Tier == LinkTier.Predecessor));
    }
}
