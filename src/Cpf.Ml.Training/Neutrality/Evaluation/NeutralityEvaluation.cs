using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Correction;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Scoring.Neutrality.Prefixes;
using Cpf.Ml.Training.Data;
using Cpf.Ml.Training.Data.Generation;
using Cpf.Ml.Training.Figures;
using Cpf.Ml.Training.Neutrality.Generation;

namespace Cpf.Ml.Training.Neutrality.Evaluation;

/// <summary><c>cpf-ml evaluate neutrality</c>: what audits find and do not, and what corrections do, in worlds of which the truth is known.</summary>
internal static class NeutralityEvaluation
{
    public static Command Create()
    {
        var worlds = new Option<int>("--worlds") { Description = "Unbiased worlds; a tenth of it for each planted bias and for positions.", DefaultValueFactory = _ => 1000 };
        var vectors = new Option<FileInfo?>("--vectors") { Description = "Test vectors of measures, as neutrality vectors takes them." };
        var output = new Option<DirectoryInfo?>("--out") { Description = "Folder for neutrality.json." };
        var command = new Command("neutrality", "Audits and corrections in worlds of which the truth is known.") { worlds, vectors, output, ResultOption.Create() };
        command.SetAction(parsed =>
        {
            var n = parsed.GetValue(worlds) is >= 10 and var many ? many : throw new InputException("--worlds is at least 10.");
            var figures = new List<Figure>();
            foreach (var figure in Measure(n, parsed.GetValue(vectors)?.FullName))
            {
                figures.Add(figure);
                parsed.InvocationConfiguration.Output.WriteLine(
                    figure.IsMet is { } isMet ? $"{(isMet ? "met   " : "missed")} {figure.What,-78} {figure.Text,-32} goal {figure.Goal}" : $"       {figure.What,-78} {figure.Text}");
            }

            if (parsed.GetValue(output) is { } folder)
            {
                folder.Create();
                File.WriteAllText(Path.Combine(folder.FullName, "neutrality.json"), JsonSerializer.Serialize(figures, JsonSerializerOptions.Web));
            }

            ResultOption.Write(parsed, [], () => figures);
            return 0;
        });
        return command;
    }

    private static IEnumerable<Figure> Measure(int worlds, string? vectors)
    {
        if (vectors is not null)
        {
            var all = GoldenVector.Read(vectors).Select(GoldenVectors.Check).ToList();
            yield return Figure.Measured("vectors", $"golden vectors that hold, of {all.Count}", all.Count(wrong => wrong is { Count: 0 }), decimals: 0).For("all", all.TrueForAll(wrong => wrong is { Count: 0 }));
        }

        var clock = Stopwatch.StartNew();
        FairTopK.Adjust(1000, 0.5, 0.1);
        yield return Figure.Measured("fair-top-k", "FA*IR minimums and adjusted significance, k = 1 000", clock.Elapsed.TotalSeconds, "s").For("1 s", clock.Elapsed.TotalSeconds <= 1);

        var (share, low, high) = AuditTrials.FalseAlarms(worlds);
        yield return (Percent("false-alarms", $"unbiased worlds ({worlds}) with any line called biased", share) with { Low = 100 * low, High = 100 * high }).For("5 %", share <= 0.05);
        foreach (var penalty in new Penalty[] { new("size", "small", 0.1), new("entrants", "new", 0.1), new("modality", "remote", 0.1), new("region", "53", 0.1) })
        {
            var (power, effect) = AuditTrials.Power(Math.Max(10, worlds / 10), penalty);
            var (id, what) = (Figure.Slug($"{penalty.Dimension} {penalty.Group}"), $"a penalty of 10 % on {penalty.Dimension}/{penalty.Group} in {AuditTrials.World.Searches} searches");
            yield return Percent($"power-{id}", $"{what}: found", power).For("90 %", power >= 0.9);
            yield return Percent($"effect-{id}", $"{what}: mean effect", effect);
        }

        var (whole, none) = AuditTrials.Attribution(Math.Max(10, worlds / 20));
        yield return Percent("attribution-whole", "share of a gap attributed to popularity, where all of it is", whole).For("90 to 110 %", whole is >= 0.9 and <= 1.1);
        yield return Percent("attribution-none", "the same, where none of it is", none).For("at most 10 %", none <= 0.1);

        foreach (var world in new[] { PositionTrials.Short, PositionTrials.Long })
        {
            var positions = PositionTrials.Run(world, Math.Max(10, worlds / 10), 1_000_000);
            var (id, name) = ($"positions-{world.Shown}", $"position bias, {world.Shown} positions, ties of {world.Pool / (double)world.Grades:F0}, 1 million impressions");
            yield return Percent($"{id}-error", $"{name}: largest error, mean", positions.Error).For("3 %", positions.Error <= 0.03);
            yield return Percent($"{id}-chain", $"{name}: the same of the chain of neighbours", positions.Chain);
            yield return Percent($"{id}-naive", $"{name}: the same of raw click rates", positions.Naive);
            yield return Percent($"{id}-coverage", $"{name}: coverage of intervals of 95 %", positions.Coverage).For("93 to 97 %", positions.Coverage is >= 0.93 and <= 0.97);
        }

        foreach (var row in Corrections().Concat(Learnt(Math.Max(10, worlds / 20))))
        {
            yield return row;
        }

        yield return Duration();
    }

    private static IEnumerable<Figure> Corrections()
    {
        var (biased, unbiased) = (PenalisedSearches.Draw(2000, penalty: 0.2, handicap: 0, seed: 3), PenalisedSearches.Draw(2000, penalty: 0, handicap: 0, seed: 4));
        var (before, after) = (biased.Measure(Rerankers.None), biased.Measure(Rerankers.Ledger(new CorrectionGuards())));
        yield return Number("merit-before", "planted penalty: exposure for merit before correction", before.MeritRatio);
        yield return Number("merit-after", "the same after correction", after.MeritRatio).For("0.95 to 1.05", after.MeritRatio is >= 0.95 and <= 1.05);
        yield return Number("gain-before", "planted penalty: nDCG against true relevance before correction", before.Gain, 4);
        yield return Number("gain-after", "the same after correction", after.Gain, 4).For("higher than before", after.Gain > before.Gain);
        var lost = unbiased.Measure(Rerankers.None).Gain - unbiased.Measure(Rerankers.Ledger(new CorrectionGuards())).Gain;
        yield return Number("unbiased-loss", "unbiased: nDCG lost by correction", lost, 5).For("0.0005", lost <= 0.0005);

        foreach (var (id, name, flood) in new[]
        {
            ("flooding", "flooding elasticity, 38 % of offers, a fifth shown, cap within the guards", CorrectionTrials.Flooding()),
            ("scarce-flooding", "flooding elasticity, 25 % of offers, two thirds shown, cap within the guards", CorrectionTrials.ScarceFlooding()),
        })
        {
            yield return Number($"{id}-before", $"{name}: before", flood.Before.Effect);
            yield return (Number($"{id}-after", $"{name}: after", flood.After.Effect) with { Low = flood.After.Low, High = flood.After.High }).For("0.05 in size", Math.Abs(flood.After.Effect) <= 0.05);
            yield return Number($"{id}-loss", $"{name}: nDCG lost, mean", flood.MeanLoss, 4);
            yield return Number($"{id}-loss-95", $"{name}: nDCG lost, 95th percentile", flood.Loss95, 4);
        }

        var (closed, open) = CorrectionTrials.Entrants();
        yield return Number("entrants-before", "new entrants' exposure at equal relevance, before correction", 1 + closed.Effect);
        yield return (Number("entrants-after", "the same after correction", 1 + open.Effect) with { Low = 1 + open.Low, High = 1 + open.High }).For("0.95", 1 + open.Effect >= 0.95);

        var fronts = FairnessFront.Measure(3000);
        var best = fronts.Skip(1).Max(front => front.Area);
        yield return Number("front", "fairness–nDCG front, hypervolume", fronts[0].Area).For("above every other", fronts[0].Area > best);
        foreach (var front in fronts.Skip(1))
        {
            yield return Number($"front-{Figure.Slug(front.Method)}", $"the same of {front.Method}", front.Area);
        }
    }

    private static IEnumerable<Figure> Learnt(int worlds)
    {
        var (engine, raw, weighed) = RelevanceTrials.Ranking(worlds);
        yield return Number("learnt", "relevance learnt from clicks of an engine that sorts by words alone: nDCG against the truth, unseen questions", weighed).For("above both below", weighed > Math.Max(engine, raw));
        yield return Number("learnt-engine", "the same of the engine", engine);
        yield return Number("learnt-raw", "the same of clicks as they are", raw);
        var (told, truth, power, alarms) = RelevanceTrials.Auditing(worlds);
        yield return Percent("learnt-truth", "a penalty by true relevance", -truth);
        yield return Percent("learnt-told", "the same by learnt relevance", -told).For("within a tenth", Math.Abs(told - truth) <= 0.1 * Math.Abs(truth));
        yield return Percent("learnt-power", "audits by learnt relevance: worlds in which it is found", power);
        yield return Percent("learnt-false-alarms", $"audits by learnt relevance: unbiased worlds ({worlds}) with any line called biased", alarms).For("5 %", alarms <= 0.05);
    }

    private static Figure Duration()
    {
        using var writer = new PlatformWriter(SearchLogContract.Tables);
        var connection = new SearchWorld(new SearchWorldOptions { Searches = 42_000, Questions = 2000, Pairs = 200 }).Write(writer);
        var clock = Stopwatch.StartNew();
        var report = AuditReport.Of(SearchLog.Read(connection), new AuditSettings(), "");
        return Figure.Measured("audit-seconds", $"audit of {report.Counts.Impressions} impressions", clock.Elapsed.TotalSeconds, "s", 1).For("60 s", clock.Elapsed.TotalSeconds <= 60);
    }

    private static Figure Percent(string id, string what, double share) => Figure.Measured(id, what, 100 * share, "%", 1);

    private static Figure Number(string id, string what, double value, int decimals = 3) => Figure.Measured(id, what, value, decimals: decimals);
}
