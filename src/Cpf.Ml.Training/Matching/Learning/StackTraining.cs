using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Matching.Model;
using Cpf.Ml.Training.Commands;

namespace Cpf.Ml.Training.Matching.Learning;

/// <summary>Learns how far each signal is to be believed, from fiches held out from the signals.</summary>
internal static class StackTraining
{
    /// <summary>Fiches that teach: the newest, which are most like those to come.</summary>
    private const int Newest = 2200;

    public const int Folds = 5;

    /// <summary>
    /// Pairs of fiche and candidate with their signals, each from knowledge without the fiche and without the newest
    /// fiches of its family.
    /// </summary>
    /// <param name="progress">Receives a step a fold.</param>
    public static IEnumerable<HeldOutPair> Pairs(
        IReadOnlyList<Fiche> training, IReadOnlyList<Fiche> register, IReadOnlyList<Job> jobs, Progress progress)
    {
        var families = Families(register);
        var newest = training.Where(fiche => fiche.Formacodes.Length > 0)
            .OrderByDescending(fiche => fiche.Number).Take(Newest).ToList();
        var names = newest.Select(fiche => families[fiche.Id]).Distinct().Order(StringComparer.Ordinal).ToArray();
        new Random(1).Shuffle(names);
        var folds = names.Index().ToDictionary(name => name.Item, name => name.Index % Folds);
        for (var fold = 0; fold < Folds; fold++)
        {
            var held = newest.Where(fiche => folds[families[fiche.Id]] == fold).ToList();
            var hidden = held.Select(fiche => fiche.Id).ToHashSet();
            var signals = new LinkSignals(
                KnowledgeTraining.Fit([.. training.Where(fiche => !hidden.Contains(fiche.Id))], register, jobs));
            var codes = signals.Jobs;
            foreach (var (fiche, (candidates, values)) in held.AsParallel()
                .AsOrdered().Select(fiche => (fiche, signals.Of(fiche))))
            {
                var isRenewal = signals.IsRenewal(fiche);
                for (var i = 0; i < candidates.Length; i++)
                {
                    var tier = signals.TierOf(fiche, candidates[i], values[i]);
                    yield return new(fold, isRenewal, tier, values[i], fiche.Jobs.Contains(codes[candidates[i]]));
                }
            }

            progress.Step();
        }
    }

    /// <summary>
    /// Versions of one certification, by lineage and by equal titles: each fiche's family, named by one of them.
    /// </summary>
    public static Dictionary<string, string> Families(IReadOnlyList<Fiche> register)
    {
        var parents = register.ToDictionary(fiche => fiche.Id, fiche => fiche.Id);
        string Root(string id)
        {
            while (parents[id] != id)
            {
                id = parents[id] = parents[parents[id]];
            }

            return id;
        }

        void Join(string name, string other)
        {
            if (parents.ContainsKey(name) && parents.ContainsKey(other))
            {
                parents[Root(name)] = Root(other);
            }
        }

        foreach (var fiche in register)
        {
            foreach (var ancestor in fiche.Ancestors)
            {
                Join(fiche.Id, ancestor);
            }
        }

        foreach (var group in register.GroupBy(LinkSignals.TitleKey).Where(group => group.Key.Length > 0))
        {
            foreach (var fiche in group.Skip(1))
            {
                Join(fiche.Id, group.First().Id);
            }
        }

        return register.ToDictionary(fiche => fiche.Id, fiche => Root(fiche.Id));
    }
}

/// <summary>A fiche and a job that it could lead to, from knowledge without the fiche.</summary>
/// <param name="Fold">Of its family.</param>
internal sealed record HeldOutPair(int Fold, bool IsRenewal, LinkTier Tier, float[] Signals, bool IsLink);
