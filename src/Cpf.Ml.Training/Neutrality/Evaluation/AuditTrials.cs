using System.Collections.Concurrent;
using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Scoring.Statistics;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Neutrality.Generation;
using Cpf.Ml.Training.Platform;

namespace Cpf.Ml.Training.Neutrality.Evaluation;

/// <summary>Audits of worlds of which the truth is known.</summary>
internal static class AuditTrials
{
    /// <summary>Small, as the log of a day may be: power is measured at this size.</summary>
    public static readonly SearchWorldOptions World = new() { Searches = 1200, Questions = 80, Pairs = 20 };

    /// <summary>Share of unbiased worlds in which any line is called biased, with its 95 % interval.</summary>
    public static (double Share, double Low, double High) FalseAlarms(int worlds, Progress progress)
    {
        var alarms = Enumerable.Range(1, worlds).AsParallel().Count(seed =>
        {
            var lines = Audit(World with { Seed = seed });
            progress.Step();
            return lines.Any(line => line.Verdict == NeutralityVerdict.Biased);
        });
        var (low, high) = Proportions.Interval(alarms, worlds);
        return ((double)alarms / worlds, low, high);
    }

    /// <summary>
    /// Share of worlds in which a planted penalty is found, by the line of its group, and the mean effect that is
    /// reported.
    /// </summary>
    public static (double Power, double Effect) Power(int worlds, Penalty penalty, Progress progress)
    {
        var lines = new ConcurrentBag<AuditLine>();
        Parallel.For(0, worlds, seed =>
        {
            var audit = Audit(World with { Seed = 100_000 + seed, Penalties = [penalty] });
            lines.Add(audit.Single(line => line.Key == $"{penalty.Dimension}/{penalty.Group}"));
            progress.Step();
        });
        var found = lines.Count(line => line is { Verdict: NeutralityVerdict.Biased, Effect: < 0 });
        return ((double)found / worlds, lines.Average(line => line.Effect));
    }

    /// <summary>
    /// Mean share of a gap that audits attribute to popularity: where new organisations are less popular and the engine
    /// goes by popularity, which is all of it; and where it goes by popularity and penalises them besides, which is
    /// none.
    /// </summary>
    public static (double All, double None) Attribution(int worlds, Progress progress)
    {
        double Share(int seed, bool isDirect)
        {
            var world = World with { Seed = 200_000 + seed, Searches = 3000, PopularityPull = 0.3 };
            var lines = Audit(isDirect
                ? world with { Penalties = [new("entrants", "new", 0.2)] }
                : world with { EntrantsPopularity = 0.1 });
            progress.Step();
            var explanations = lines.Single(line => line.Key == "entrants/new").Explanations;
            return explanations.FirstOrDefault(explanation => explanation.Parameter == "popularity")?.Share ?? 0;
        }

        var seeds = Enumerable.Range(1, worlds).ToList();
        return (
            seeds.AsParallel().Average(seed => Share(seed, isDirect: false)),
            seeds.AsParallel().Average(seed => Share(seed, isDirect: true)));
    }

    public static IReadOnlyList<AuditLine> Audit(SearchWorldOptions options, SearchWorld.Correction? correction = null)
    {
        using var writer = new PlatformWriter(SearchLogContract.Tables);
        return NeutralityAudit.Run(
            SearchLog.Read(new SearchWorld(options, correction).Write(writer)), new AuditSettings());
    }
}
