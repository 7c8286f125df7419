using System.Collections.Immutable;
using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Scoring.Neutrality.Metrics;
using Cpf.Ml.Scoring.Neutrality.Model;
using Cpf.Ml.Scoring.Platform;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Neutrality.Generation;
using Cpf.Ml.Training.Neutrality.Learning;
using Cpf.Ml.Training.Platform;
using DuckDB.NET.Data;

namespace Cpf.Ml.Training.Neutrality.Evaluation;

/// <summary>
/// Relevance learnt from the clicks of an engine that sorts by words alone, where the truth is known.
/// </summary>
internal static class RelevanceTrials
{
    private static readonly SearchWorldOptions World =
        new() { Searches = 6000, Questions = 240, HasFeatures = true, WordsOnly = 1 };

    /// <summary>
    /// Mean nDCG against true relevance on queries of another world: of the engine, of a model of unweighted clicks,
    /// and of one of clicks weighted by the inverse of the position bias.
    /// </summary>
    public static (double Engine, double Raw, double Weighed) Ranking(int worlds, Progress progress)
    {
        var all = Enumerable.Range(1, worlds).AsParallel().Select(seed =>
        {
            var ranking = Rank(seed);
            progress.Step();
            return ranking;
        }).ToList();
        return (all.Average(row => row.Engine), all.Average(row => row.Raw), all.Average(row => row.Weighed));
    }

    /// <summary>
    /// Audits that know no relevance but the learnt one, against such as know the true one: mean effect of a planted
    /// penalty, share that finds it, and share of unbiased worlds in which any line is called biased.
    /// </summary>
    public static (double Estimate, double True, double Power, double FalseAlarms) Auditing(
        int worlds, Progress progress)
    {
        var seeds = Enumerable.Range(1, worlds).ToList();
        var penalised = World with { Penalties = [new("size", "small", 0.2)] };
        var planted = seeds.AsParallel().Select(seed => Audit(penalised with { Seed = 500 + seed }, progress)).ToList();
        var unbiased = seeds.AsParallel()
            .Select(seed => Audit(World with { Seed = 900 + seed }, progress).Learnt).ToList();
        AuditLine Line(ImmutableArray<AuditLine> lines) => lines.Single(line => line.Key == "size/small");
        return (
            planted.Average(row => Line(row.Learnt).Effect),
            planted.Average(row => Line(row.True).Effect),
            planted.Average(row => Line(row.Learnt) is { Verdict: NeutralityVerdict.Biased, Effect: < 0 } ? 1.0 : 0),
            unbiased.Average(lines => lines.Any(line => line.Verdict == NeutralityVerdict.Biased) ? 1.0 : 0));
    }

    private static (double Engine, double Raw, double Weighed) Rank(int seed)
    {
        using var learning = new PlatformWriter(SearchLogContract.Tables);
        var examples = Learnable(new SearchWorld(World with { Seed = seed }).Write(learning));
        var unweighted = examples with
        {
            All = [.. examples.All.Select(example => example with { Looks = example.Impressions })],
        };
        var (weighed, raw) = (RelevanceTrees.Fit(examples).Model, RelevanceTrees.Fit(unweighted).Model);

        using var testing = new PlatformWriter(SearchLogContract.Tables);
        var connection = new SearchWorld(World with { Seed = seed + 10_000 }).Write(testing);
        var truth = SearchLog.Read(connection).Units.GroupBy(unit => unit.Question).ToList();
        var features = Features(connection, examples.Features);
        var sums = truth.ConvertAll(pool =>
        {
            var ideal =
                RankSimilarity.DiscountedGain(pool.Select(unit => unit.Relevance).OrderDescending().Take(World.Shown));
            double By(RelevanceModel model) =>
                RankSimilarity.DiscountedGain(
                    pool.OrderByDescending(unit => model.Predict(features[(pool.Key, unit.Offer)]))
                    .Take(World.Shown).Select(unit => unit.Relevance)) / ideal;
            return (Engine: pool.Sum(unit => unit.Exposure / unit.Opportunities * unit.Relevance) / ideal,
                Raw: By(raw), Weighed: By(weighed));
        });
        return (sums.Average(sum => sum.Engine), sums.Average(sum => sum.Raw), sums.Average(sum => sum.Weighed));
    }

    private static (ImmutableArray<AuditLine> Learnt, ImmutableArray<AuditLine> True) Audit(
        SearchWorldOptions options, Progress progress)
    {
        using var first = new PlatformWriter(SearchLogContract.Tables);
        using var second = new PlatformWriter(SearchLogContract.Tables);
        var examples = Learnable(new SearchWorld(options).Write(first));
        var log = SearchLog.Read(new SearchWorld(options).Write(second), RelevanceTrees.Fit(examples).Model);
        progress.Step();
        return (NeutralityAudit.Run(log, new AuditSettings()), NeutralityAudit.Run(examples.Log, new AuditSettings()));
    }

    private static RelevanceExamples Learnable(DuckDBConnection connection)
    {
        var examples = RelevanceExamples.Read(connection, purchases: false);
        var left = FeatureLeaks.Find(examples);
        return examples.With([.. examples.Features.Where(name => !left.ContainsKey(name))]);
    }

    private static Dictionary<(int Question, int Offer), double[]> Features(
        DuckDBConnection connection, ImmutableArray<string> names)
    {
        var vectors = LoggedFeatures.Read(connection, names).Vectors;
        return connection.Query("SELECT DISTINCT a.question, l.offer, d.vector FROM described d JOIN asked a USING "
            + "(search_id) JOIN listed l USING (offer_id)",
            row => (Of: ((int)row.GetInt64(0), (int)row.GetInt64(1)), Vector: (int)row.GetInt64(2)))
            .ToDictionary(row => row.Of, row => vectors[row.Vector]);
    }
}
