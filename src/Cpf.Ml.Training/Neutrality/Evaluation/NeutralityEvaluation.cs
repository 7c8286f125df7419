using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Correction;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Scoring.Neutrality.Prefixes;
using Cpf.Ml.Training.Data;
using Cpf.Ml.Training.Data.Generation;
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
        var command = new Command("neutrality", "Audits and corrections in worlds of which the truth is known.") { worlds, vectors, output };
        command.SetAction(parsed =>
        {
            var n = parsed.GetValue(worlds) is >= 10 and var many ? many : throw new InputException("--worlds is at least 10.");
            var rows = new List<Row>();
            foreach (var row in Measure(n, parsed.GetValue(vectors)?.FullName))
            {
                rows.Add(row);
                parsed.InvocationConfiguration.Output.WriteLine($"{(row.IsMet ? "met   " : "missed")} {row.Measure,-78} {row.Value,-32} goal {row.Goal}");
            }

            if (parsed.GetValue(output) is { } folder)
            {
                folder.Create();
                File.WriteAllText(Path.Combine(folder.FullName, "neutrality.json"), JsonSerializer.Serialize(rows, JsonSerializerOptions.Web));
            }

            return 0;
        });
        return command;
    }

    private static IEnumerable<Row> Measure(int worlds, string? vectors)
    {
        if (vectors is not null)
        {
            var all = GoldenVector.Read(vectors).Select(GoldenVectors.Check).ToList();
            yield return new("golden vectors that hold", $"{all.Count(wrong => wrong is { Count: 0 })} of {all.Count}", "all", all.TrueForAll(wrong => wrong is { Count: 0 }));
        }

        var clock = Stopwatch.StartNew();
        FairTopK.Adjust(1000, 0.5, 0.1);
        yield return new("FA*IR minimums and adjusted significance, k = 1 000", Seconds(clock), "1 s", clock.Elapsed.TotalSeconds <= 1);

        var (share, low, high) = AuditTrials.FalseAlarms(worlds);
        yield return new($"unbiased worlds ({worlds}) with any line called biased", $"{P(share)} [{P(low)}, {P(high)}]", "5 %", share <= 0.05);
        foreach (var penalty in new Penalty[] { new("size", "small", 0.1), new("entrants", "new", 0.1), new("modality", "remote", 0.1), new("region", "53", 0.1) })
        {
            var (power, effect) = AuditTrials.Power(Math.Max(10, worlds / 10), penalty);
            yield return new($"a penalty of 10 % on {penalty.Dimension}/{penalty.Group} found in {AuditTrials.World.Searches} searches (mean effect {P(effect)})", P(power), "90 %", power >= 0.9);
        }

        var (whole, none) = AuditTrials.Attribution(Math.Max(10, worlds / 20));
        yield return new("share of a gap that goes with popularity, where all of it does, and where none does", $"{P(whole)}, {P(none)}", "90 to 110 %, at most 10 %", whole is >= 0.9 and <= 1.1 && none <= 0.1);

        foreach (var world in new[] { PositionTrials.Short, PositionTrials.Long })
        {
            var positions = PositionTrials.Run(world, Math.Max(10, worlds / 10), 1_000_000);
            var name = $"position bias, {world.Shown} positions, ties of {world.Pool / (double)world.Grades:F0}, 1 million impressions";
            yield return new($"{name}: largest error, mean (chain of neighbours {P(positions.Chain)}, raw rates {P(positions.Naive)})", P(positions.Error), "3 %", positions.Error <= 0.03);
            yield return new($"{name}: coverage of intervals of 95 %", P(positions.Coverage), "93 to 97 %", positions.Coverage is >= 0.93 and <= 0.97);
        }

        foreach (var row in Corrections().Concat(Learnt(Math.Max(10, worlds / 20))))
        {
            yield return row;
        }

        yield return Duration();
    }

    private static IEnumerable<Row> Corrections()
    {
        var (biased, unbiased) = (PenalisedSearches.Draw(2000, penalty: 0.2, handicap: 0, seed: 3), PenalisedSearches.Draw(2000, penalty: 0, handicap: 0, seed: 4));
        var (before, after) = (biased.Measure(Rerankers.None), biased.Measure(Rerankers.Ledger(new CorrectionGuards())));
        yield return new($"planted penalty: exposure for merit after correction (before {N(before.MeritRatio)})", N(after.MeritRatio), "0.95 to 1.05", after.MeritRatio is >= 0.95 and <= 1.05);
        yield return new("planted penalty: nDCG against true relevance, before and after", $"{N(before.Gain, 4)} -> {N(after.Gain, 4)}", "higher", after.Gain > before.Gain);
        var lost = unbiased.Measure(Rerankers.None).Gain - unbiased.Measure(Rerankers.Ledger(new CorrectionGuards())).Gain;
        yield return new("unbiased: nDCG lost by correction", N(lost, 5), "0.0005", lost <= 0.0005);

        foreach (var (name, flood) in new[]
        {
            ("38 % of offers, a fifth shown, cap within the guards", CorrectionTrials.Flooding()), ("25 % of offers, two thirds shown, cap within the guards", CorrectionTrials.ScarceFlooding()),
        })
        {
            yield return new(
                $"flooding elasticity, {name} (before {N(flood.Before.Effect)}; nDCG lost {N(flood.MeanLoss, 4)}, 95th percentile {N(flood.Loss95, 4)})", $"{N(flood.After.Effect)} [{N(flood.After.Low)}, {N(flood.After.High)}]", "0.05 in size",
                Math.Abs(flood.After.Effect) <= 0.05);
        }

        var (closed, open) = CorrectionTrials.Entrants();
        yield return new($"new entrants' exposure at equal relevance, before {N(1 + closed.Effect)}", $"{N(1 + open.Effect)} [{N(1 + open.Low)}, {N(1 + open.High)}]", "0.95", 1 + open.Effect >= 0.95);

        var fronts = FairnessFront.Measure(3000);
        var best = fronts.Skip(1).Max(front => front.Area);
        yield return new($"fairness-nDCG front, hypervolume ({string.Join(", ", fronts.Skip(1).Select(front => $"{front.Method} {N(front.Area)}"))})", N(fronts[0].Area), $"above {N(best)}", fronts[0].Area > best);
    }

    private static IEnumerable<Row> Learnt(int worlds)
    {
        var (engine, raw, weighed) = RelevanceTrials.Ranking(worlds);
        yield return new($"relevance learnt from clicks of an engine that sorts by words alone: nDCG against the truth, unseen questions (engine {N(engine)}, clicks as they are {N(raw)})", N(weighed), $"above {N(Math.Max(engine, raw))}", weighed > Math.Max(engine, raw));
        var (told, truth, power, alarms) = RelevanceTrials.Auditing(worlds);
        yield return new($"audits by learnt relevance: a penalty of {P(-truth)} by true relevance is told as (found in {P(power)})", P(-told), "within a tenth", Math.Abs(told - truth) <= 0.1 * Math.Abs(truth));
        yield return new($"audits by learnt relevance: unbiased worlds ({worlds}) with any line called biased", P(alarms), "5 %", alarms <= 0.05);
    }

    private static Row Duration()
    {
        using var writer = new PlatformWriter(SearchLogContract.Tables);
        var connection = new SearchWorld(new SearchWorldOptions { Searches = 42_000, Questions = 2000, Pairs = 200 }).Write(writer);
        var clock = Stopwatch.StartNew();
        var report = AuditReport.Of(SearchLog.Read(connection), new AuditSettings(), "");
        return new($"audit of {report.Counts.Impressions} impressions", Seconds(clock), "60 s", clock.Elapsed.TotalSeconds <= 60);
    }

    private static string Seconds(Stopwatch clock) => string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds:F2} s");

    private static string P(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:F1} %");

    private static string N(double value, int decimals = 3) => value.ToString($"F{decimals}", CultureInfo.InvariantCulture);

    private sealed record Row(string Measure, string Value, string Goal, bool IsMet);
}
