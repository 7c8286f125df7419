using System.CommandLine;
using System.Diagnostics;
using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Matching.Model;
using Cpf.Ml.Training.Matching.Data;
using Cpf.Ml.Training.Matching.Learning;

namespace Cpf.Ml.Training.Matching.Evaluation;

/// <summary><c>cpf-ml evaluate matching</c>.</summary>
internal static class MatchingEvaluation
{
    private static readonly (bool IsRenewal, string Name)[] Regimes = [(false, "new"), (true, "renewal")];

    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Required = true, Description = "Folder with rncp-2021, rncp-2026-official-format, rome." };
        var command = new Command("matching", "Links between certifications and jobs.") { data };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetRequiredValue(data).FullName;
            var watch = Stopwatch.StartNew();
            void Say(string text) => parsed.InvocationConfiguration.Output.WriteLine($"{watch.Elapsed.TotalSeconds,6:F1} {text}");
            var fiches = RegisterReader.Read(folder);
            var jobs = JobReader.Read(folder);
            Say($"{fiches.Length} fiches, {jobs.Length} jobs");
            var test = fiches.Where(fiche => fiche.Formacodes.Length > 0 && fiche.Jobs.Length > 0).OrderByDescending(fiche => fiche.Number).Take(811).ToList();
            var first = test.Min(fiche => fiche.Number);
            var taught = fiches.Where(fiche => fiche.Number < first && fiche.Jobs.Length > 0).ToList();
            var known = taught.Select(fiche => fiche.Id).ToHashSet();
            var titles = taught.Select(LinkSignals.TitleKey).ToHashSet();
            bool IsNew(Fiche fiche) => !fiche.Ancestors.Any(known.Contains) && !titles.Contains(LinkSignals.TitleKey(fiche));
            Say($"taught {taught.Count}, test {test.Count}, new {test.Count(IsNew)}");
            var knowledge = KnowledgeTraining.Fit(taught, fiches, jobs);
            var signals = new LinkSignals(knowledge);
            Say($"{knowledge.Space.Count} features, {knowledge.Jobs.Length} jobs");
            var pairs = StackTraining.Pairs(taught, fiches, jobs).ToList();
            Say($"{pairs.Count} pairs");
            var stacks = Regimes.Select(one => one.IsRenewal).Select(renewal => LogisticTraining.Fit([.. pairs.Where(pair => pair.IsRenewal == renewal).Select(pair => (pair.Signals, pair.IsLink))])).ToArray();
            foreach (var (stack, name) in stacks.Zip(Regimes.Select(one => one.Name)))
            {
                Say($"{name}: {string.Join(", ", LinkSignals.Names.Zip(stack.Weights, (signal, weight) => $"{signal} {weight:F2}"))}");
            }

            var ofSignals = test.AsParallel().AsOrdered().Select(fiche => (Fiche: fiche, Links: signals.Of(fiche), IsRenewal: signals.IsRenewal(fiche))).ToList();
            Say("signals");
            void Tell(string name, Func<float[], bool, double> score)
            {
                var results = ofSignals.Select(one =>
                {
                    var ranked = one.Links.Jobs.Zip(one.Links.Signals, (job, values) => (Job: job, Score: score(values, one.IsRenewal))).OrderByDescending(link => link.Score).Select(link => knowledge.Jobs[link.Job]).ToList();
                    var relevant = one.Fiche.Jobs.ToHashSet();
                    return (IsNew: IsNew(one.Fiche), Ndcg: Ranking.Ndcg(ranked, relevant, 10), Recall: Ranking.Recall(ranked, relevant, 10), In: Ranking.Recall(ranked, relevant, 60));
                }).ToList();
                Say($"{name,-26} " + string.Join("   ", results.GroupBy(one => one.IsNew).OrderByDescending(group => group.Key).Select(group => $"{(group.Key ? "new" : "renewal")} {group.Count()}: nDCG {group.Average(one => one.Ndcg):F3} recall {group.Average(one => one.Recall):F3} of 60 {group.Average(one => one.In):F3}")));
            }

            foreach (var (i, name) in LinkSignals.Names.Index())
            {
                Tell(name, (values, _) => values[i]);
            }

            Tell("stack", (values, isRenewal) => stacks[isRenewal ? 1 : 0].Score(values));
            return 0;
        });
        return command;
    }
}
