using System.Diagnostics;
using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Correction;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Training.Neutrality.Evaluation.Vectors;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Figures;
using Cpf.Ml.Training.Neutrality.Generation;
using Cpf.Ml.Training.Platform;

namespace Cpf.Ml.Training.Neutrality.Evaluation;

/// <summary>
/// What <c>cpf-ml evaluate neutrality</c> tries, one after the other, and the figures that each trial gives.
/// </summary>
internal static class NeutralityTrials
{
    /// <param name="worlds">Unbiased worlds; of others there are a tenth or a twentieth, at least ten.</param>
    /// <param name="vectors">File of test vectors; null for none.</param>
    public static IEnumerable<Func<Progress, IEnumerable<Figure>>> All(int worlds, string? vectors)
    {
        var (tenth, twentieth) = (Math.Max(10, worlds / 10), Math.Max(10, worlds / 20));
        if (vectors is not null)
        {
            yield return progress => Vectors(vectors, progress);
        }

        yield return Adjustment;
        yield return progress => FalseAlarms(worlds, progress);
        yield return progress => Power(tenth, new("size", "small", 0.1), progress);
        yield return progress => Power(tenth, new("entrants", "new", 0.1), progress);
        yield return progress => Power(tenth, new("modality", "remote", 0.1), progress);
        yield return progress => Power(tenth, new("region", "53", 0.1), progress);
        yield return progress => Attribution(twentieth, progress);
        yield return progress => Positions(PositionTrials.Short, tenth, progress);
        yield return progress => Positions(PositionTrials.Long, tenth, progress);
        yield return Corrections;
        yield return Flooding;
        yield return Entrants;
        yield return Front;
        yield return progress => LearntRanking(twentieth, progress);
        yield return progress => LearntAuditing(twentieth, progress);
        yield return Duration;
    }

    private static IEnumerable<Figure> Vectors(string path, Progress progress)
    {
        var all = progress.Each("test vectors", GoldenVector.Read(path)).Select(GoldenVectors.Check).ToList();
        var hold = all.Count(errors => errors is { Count: 0 });
        yield return Number("vectors", $"golden vectors that hold, of {all.Count}", hold, 0)
            .For("all", hold == all.Count);
    }

    private static IEnumerable<Figure> Adjustment(Progress progress)
    {
        progress.Begin("FA*IR adjustment");
        var clock = Stopwatch.StartNew();
        FairTopK.Adjust(1000, 0.5, 0.1);
        yield return Seconds("fair-top-k", "FA*IR minimums and adjusted significance, k = 1 000", clock.Elapsed, 1, 2);
    }

    private static IEnumerable<Figure> FalseAlarms(int worlds, Progress progress)
    {
        progress.Begin("unbiased worlds", worlds);
        var (share, low, high) = AuditTrials.FalseAlarms(worlds, progress);
        var figure = Percent("false-alarms", $"unbiased worlds ({worlds}) with any line called biased", share);
        yield return (figure with { Low = 100 * low, High = 100 * high }).For("5 %", share <= 0.05);
    }

    private static IEnumerable<Figure> Power(int worlds, Penalty penalty, Progress progress)
    {
        progress.Begin($"worlds that penalise {penalty.Dimension}/{penalty.Group}", worlds);
        var (power, effect) = AuditTrials.Power(worlds, penalty, progress);
        var id = Figure.Slug($"{penalty.Dimension} {penalty.Group}");
        var what = $"a penalty of 10 % on {penalty.Dimension}/{penalty.Group} in {AuditTrials.World.Searches} searches";
        yield return Percent($"power-{id}", $"{what}: found", power).For("90 %", power >= 0.9);
        yield return Percent($"effect-{id}", $"{what}: mean effect", effect);
    }

    private static IEnumerable<Figure> Attribution(int worlds, Progress progress)
    {
        progress.Begin("worlds with and without an effect of popularity", 2 * worlds);
        var (whole, none) = AuditTrials.Attribution(worlds, progress);
        yield return Percent("attribution-whole", "share of a gap attributed to popularity, where all of it is", whole)
            .For("90 to 110 %", whole is >= 0.9 and <= 1.1);
        yield return Percent("attribution-none", "the same, where none of it is", none)
            .For("at most 10 %", none <= 0.1);
    }

    private static IEnumerable<Figure> Positions(PositionWorld world, int trials, Progress progress)
    {
        progress.Begin($"position bias of {world.Shown} positions", trials);
        var positions = PositionTrials.Run(world, trials, 1_000_000, progress);
        var ties = world.Pool / (double)world.Grades;
        var id = $"positions-{world.Shown}";
        var name = $"position bias, {world.Shown} positions, ties of {ties:F0}, 1 million impressions";
        yield return Percent($"{id}-error", $"{name}: largest error, mean", positions.Error)
            .For("3 %", positions.Error <= 0.03);
        yield return Percent($"{id}-chain", $"{name}: the same of the chain of neighbours", positions.Chain);
        yield return Percent($"{id}-naive", $"{name}: the same of raw click rates", positions.Naive);
        yield return Percent($"{id}-coverage", $"{name}: coverage of intervals of 95 %", positions.Coverage)
            .For("93 to 97 %", positions.Coverage is >= 0.93 and <= 0.97);
    }

    private static IEnumerable<Figure> Corrections(Progress progress)
    {
        progress.Begin("correction of a planted penalty");
        var biased = PenalisedSearches.Draw(2000, penalty: 0.2, handicap: 0, seed: 3);
        var unbiased = PenalisedSearches.Draw(2000, penalty: 0, handicap: 0, seed: 4);
        var before = biased.Measure(Rerankers.None);
        var after = biased.Measure(Rerankers.Ledger(new CorrectionGuards()));
        yield return Number("merit-before", "planted penalty: exposure for merit before correction", before.MeritRatio);
        yield return Number("merit-after", "the same after correction", after.MeritRatio)
            .For("0.95 to 1.05", after.MeritRatio is >= 0.95 and <= 1.05);
        yield return Number(
            "gain-before", "planted penalty: nDCG against true relevance before correction", before.Gain, 4);
        yield return Number("gain-after", "the same after correction", after.Gain, 4)
            .For("higher than before", after.Gain > before.Gain);
        var uncorrected = unbiased.Measure(Rerankers.None).Gain;
        var lost = uncorrected - unbiased.Measure(Rerankers.Ledger(new CorrectionGuards())).Gain;
        yield return Number("unbiased-loss", "unbiased: nDCG lost by correction", lost, 5)
            .For("0.0005", lost <= 0.0005);
    }

    private static IEnumerable<Figure> Flooding(Progress progress)
    {
        progress.Begin("correction of flooding");
        foreach (var (id, name, flood) in new[]
        {
            ("flooding", "38 % of offers, a fifth shown", CorrectionTrials.Flooding()),
            ("scarce-flooding", "25 % of offers, two thirds shown", CorrectionTrials.ScarceFlooding()),
        })
        {
            var what = $"flooding elasticity, {name}, cap within the guards";
            var after = Number($"{id}-after", $"{what}: after", flood.After.Effect);
            yield return Number($"{id}-before", $"{what}: before", flood.Before.Effect);
            yield return (after with { Low = flood.After.Low, High = flood.After.High })
                .For("0.05 in size", Math.Abs(flood.After.Effect) <= 0.05);
            yield return Number($"{id}-loss", $"{what}: nDCG lost, mean", flood.MeanLoss, 4);
            yield return Number($"{id}-loss-95", $"{what}: nDCG lost, 95th percentile", flood.Loss95, 4);
        }
    }

    private static IEnumerable<Figure> Entrants(Progress progress)
    {
        progress.Begin("exposure of new entrants");
        var (closed, open) = CorrectionTrials.Entrants();
        var after = Number("entrants-after", "the same after correction", 1 + open.Effect);
        yield return Number(
            "entrants-before", "new entrants' exposure at equal relevance, before correction", 1 + closed.Effect);
        yield return (after with { Low = 1 + open.Low, High = 1 + open.High }).For("0.95", 1 + open.Effect >= 0.95);
    }

    private static IEnumerable<Figure> Front(Progress progress)
    {
        progress.Begin("fairness–nDCG fronts");
        var fronts = FairnessFront.Measure(3000);
        var best = fronts.Skip(1).Max(front => front.Area);
        yield return Number("front", "fairness–nDCG front, hypervolume", fronts[0].Area)
            .For("above every other", fronts[0].Area > best);
        foreach (var front in fronts.Skip(1))
        {
            yield return Number($"front-{Figure.Slug(front.Method)}", $"the same of {front.Method}", front.Area);
        }
    }

    private static IEnumerable<Figure> LearntRanking(int worlds, Progress progress)
    {
        progress.Begin("relevance learnt from clicks", worlds);
        var (engine, raw, weighted) = RelevanceTrials.Ranking(worlds, progress);
        const string What = "relevance learnt from clicks of an engine that sorts by words alone: nDCG against the "
            + "truth, held-out queries";
        yield return Number("learnt", What, weighted).For("above both below", weighted > Math.Max(engine, raw));
        yield return Number("learnt-engine", "the same of the engine", engine);
        yield return Number("learnt-raw", "the same of unweighted clicks", raw);
    }

    private static IEnumerable<Figure> LearntAuditing(int worlds, Progress progress)
    {
        progress.Begin("audits by learnt relevance", 2 * worlds);
        var (estimate, truth, power, alarms) = RelevanceTrials.Auditing(worlds, progress);
        const string Audits = "audits by learnt relevance";
        yield return Percent("learnt-truth", "a penalty by true relevance", -truth);
        yield return Percent("learnt-told", "the same by learnt relevance", -estimate)
            .For("within a tenth", Math.Abs(estimate - truth) <= 0.1 * Math.Abs(truth));
        yield return Percent("learnt-power", $"{Audits}: worlds in which it is found", power);
        yield return Percent("learnt-false-alarms", $"{Audits}: unbiased worlds ({worlds}) with any line called "
            + "biased", alarms)
            .For("5 %", alarms <= 0.05);
    }

    private static IEnumerable<Figure> Duration(Progress progress)
    {
        progress.Begin("an audit of a million impressions");
        using var writer = new PlatformWriter(SearchLogContract.Tables);
        var world = new SearchWorld(new SearchWorldOptions { Searches = 42_000, Questions = 2000, Pairs = 200 });
        var connection = world.Write(writer);
        var clock = Stopwatch.StartNew();
        var report = AuditReport.Create(SearchLog.Read(connection), new AuditSettings(), "");
        yield return Seconds(
            "audit-seconds", $"audit of {report.Counts.Impressions} impressions", clock.Elapsed, 60, 1);
    }

    private static Figure Seconds(string id, string what, TimeSpan elapsed, int goal, int decimals) =>
        Figure.Measured(id, what, elapsed.TotalSeconds, "s", decimals).For($"{goal} s", elapsed.TotalSeconds <= goal);

    private static Figure Percent(string id, string what, double share) =>
        Figure.Measured(id, what, 100 * share, "%", 1);

    private static Figure Number(string id, string what, double value, int decimals = 3) =>
        Figure.Measured(id, what, value, decimals: decimals);
}
