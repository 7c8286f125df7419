using Cpf.Ml.Training.Figures;

namespace Cpf.Ml.Training.Matching.Evaluation;

/// <summary>Figures of <c>evaluate matching</c>, with the goals of the field's reference.</summary>
internal static class LinkFigures
{
    public static IEnumerable<Figure> From(MatchingFigures figures, MatchingUse use, TitleFigures titles)
    {
        foreach (var row in figures.Rows)
        {
            var id = Figure.Slug(row.Name);
            Figure Cell(string cell, string column, Interval interval) => Figure.Measured(
                $"{id}-{cell}", row.Name, interval.Mean) with
            {
                Column = column,
                Low = interval.Low,
                High = interval.High,
            };
            yield return Cell("new-ndcg", "certification to job, no version known: nDCG@10", row.NewNdcg);
            yield return Cell("new-recall", "recall@10", row.NewRecall);
            yield return Cell("renewal-ndcg", "renewal: nDCG@10", row.RenewalNdcg);
            yield return Cell("renewal-recall", "renewal: recall@10", row.RenewalRecall);
            yield return Cell("job-ndcg", "job to certification: nDCG@10", row.JobNdcg);
            yield return Cell("new-job-ndcg", "the same, no version known", row.NewJobNdcg);
        }

        foreach (var figure in Goals(figures, figures.Rows[0], use, titles).Concat(Tiers(use)))
        {
            yield return figure;
        }

        yield return Figure.Measured("masked", "one declared job masked: nDCG@10", use.Masked);
        yield return Figure.Measured(
            "rare-jobs", "job to certification, jobs that at most five certifications taught: nDCG@10", use.RareJobs);
        foreach (var level in use.Levels)
        {
            yield return Figure.Measured(
                $"level-{level.Level}", $"certifications of level {level.Level} ({level.Fiches}): nDCG@10", level.Ndcg);
        }
    }

    private static IEnumerable<Figure> Goals(
        MatchingFigures figures, MatchingRow ours, MatchingUse use, TitleFigures titles) =>
    [
        AtLeast("new-recall-goal", "declared jobs among the first ten, no version known", ours.NewRecall.Mean, 0.89),
        AtLeast("renewal-recall-goal", "declared jobs among the first ten, renewal", ours.RenewalRecall.Mean, 0.96),
        AtLeast("new-job-goal", "job to certification, no version known: nDCG@10", ours.NewJobNdcg.Mean, 0.73),
        AtLeast("title-first", $"free title of a job, {titles.Titles} held out: first answer", titles.First, 0.80),
        AtLeast("title-in-five", "free title of a job: among the first five", titles.InFive, 0.95),
        Figure.Measured(
            "calibration-error", "mean distance between probability and share declared", figures.CalibrationError,
            decimals: 3)
            .For("0.02", figures.CalibrationError <= 0.02),
        AtLeast(
            "reached-at-90", "declared links among the surest of which nine in ten are declared",
            figures.ReachedAt90, 0.45),
        AtLeast(
            "perimeter-precision", "a job's certifications down to four in five of the declared: share declared",
            use.PerimeterPrecision, 0.90),
        AtLeast(
            "ecology", "ecological transition: of the first 50, those that declare a green or strategic job",
            use.EcologyPrecision, 0.90),
        Figure.Measured("query-ms", $"a query over {use.Catalogued} fiches, 95th percentile", use.QueryMs, "ms", 0)
            .For("30 ms", use.QueryMs <= 30),
    ];

    private static IEnumerable<Figure> Tiers(MatchingUse use)
    {
        foreach (var tier in use.Tiers)
        {
            var name = tier.Tier.ToString().ToLowerInvariant();
            var id = "tier-" + name;
            yield return Figure.Measured(
                $"{id}-error", $"links by {name} ({tier.Links}): mean distance between probability and share declared",
                tier.Error, decimals: 3);
            yield return Figure.Measured(
                $"{id}-includes", $"links by {name}: included without review", tier.Includes, decimals: 0);
            yield return AtLeast(
                $"{id}-included", $"links by {name}: share declared of those included", tier.Included, 0.90);
            yield return Figure.Measured(
                $"{id}-lost", $"links by {name}: share of the declared that is left out", tier.Lost, decimals: 3);
        }
    }

    private static Figure AtLeast(string id, string what, double value, double goal) =>
        double.IsNaN(value)
            ? Figure.Measured(id, what, value)
            : Figure.Measured(id, what, value).For(FormattableString.Invariant($"{goal:F2}"), value >= goal);
}
