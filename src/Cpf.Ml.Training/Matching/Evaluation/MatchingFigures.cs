using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Matching.Model;
using Cpf.Ml.Training.Matching.Learning;

namespace Cpf.Ml.Training.Matching.Evaluation;

/// <summary>What one way to rank is worth.</summary>
/// <param name="NewNdcg">Certification to job, of those without any known version.</param>
/// <param name="JobNdcg">Job to certification, among all that are tested.</param>
/// <param name="NewJobNdcg">The same among the new ones.</param>
internal sealed record MatchingRow(string Name, Interval NewNdcg,
    Interval NewRecall, Interval RenewalNdcg, Interval RenewalRecall, Interval JobNdcg, Interval NewJobNdcg);

/// <summary>Declared jobs of fiches that the model was not told.</summary>
/// <param name="CalibrationError">Mean distance between probability and share declared, over ten bins of equal
/// width.</param>
/// <param name="ReachedAt90">Share of the declared pairs among the most probable links of which 90 % are
/// declared.</param>
internal sealed record MatchingFigures(
    int New, int Renewals, int Queries, IReadOnlyList<MatchingRow> Rows, double CalibrationError, double ReachedAt90)
{
    private const int First = 10;

    /// <summary>What says nothing of a fiche ranks its jobs by popularity.</summary>
    private static readonly int Popularity = Array.IndexOf(LinkSignals.Names, "prior");
    private static readonly string[] Alone =
        ["linear", "choice", "neighbours", "formacodes", "field and level", "document", "ancestors"];

    public static MatchingFigures Measure(MatchingModel model, IReadOnlyList<Fiche> test, IReadOnlyList<Job> jobs)
    {
        var links = test.AsParallel().AsOrdered().Select(
            fiche => (Fiche: fiche, Links: model.Link(fiche), IsRenewal: model.Signals.IsRenewal(fiche))).ToList();
        List<MatchingRow> rows = [Row("Cpf.Ml", links, link => link.Probability)];
        foreach (var (signal, name) in LinkSignals.Names.Index().Where(one => Alone.Contains(one.Item)))
        {
            rows.Add(Row(name + " alone", links, link => link.Signals[signal]));
        }

        rows.Add(Row("popularity", links, link => link.Signals[Popularity]));
        foreach (var (name, answers) in new[] { ("BM25 (Lucene.NET)", MatchingBaselines.Bm25(jobs, test)),
            ("groups of 3 to 5 letters", MatchingBaselines.Grams(jobs, test)) })
        {
            rows.Add(Row(name,
                [.. links.Zip(answers, (one, links) => (one.Fiche, links, one.IsRenewal))], link => link.Probability));
        }

        var pairs = links
            .SelectMany(one => one.Links.Select(link => (link.Probability, IsLink: one.Fiche.Jobs.Contains(link.Job))))
            .OrderByDescending(pair => pair.Probability).ToList();
        var (hits, reached) = (0, 0);
        for (var i = 0; i < pairs.Count; i++)
        {
            hits += pairs[i].IsLink ? 1 : 0;
            reached = hits >= 0.9 * (i + 1) ? hits : reached;
        }

        return new(
            links.Count(one => !one.IsRenewal),
            links.Count(one => one.IsRenewal), test.SelectMany(fiche => fiche.Jobs).Distinct().Count(), rows,
            BandTraining.CalibrationError([.. pairs]),
            reached / (double)test.Sum(fiche => fiche.Jobs.Length));
    }

    private static MatchingRow Row(
        string name, IReadOnlyList<(Fiche Fiche, IReadOnlyList<EstimatedLink> Links, bool IsRenewal)> links,
        Func<EstimatedLink, double> score)
    {
        (Interval Ndcg, Interval Recall) Certifications(bool isRenewal)
        {
            var results = links.Where(one => one.IsRenewal == isRenewal)
                .Select(one => (Ranked: one.Links.OrderByDescending(score)
                    .ThenByDescending(link => link.Signals[Popularity]).Select(link => link.Job).ToList(),
                    Relevant: one.Fiche.Jobs.ToHashSet())).ToList();
            return (Interval.Bootstrap([.. results.Select(one => Ranking.Ndcg(one.Ranked, one.Relevant, First))]),
                Interval.Bootstrap([.. results.Select(one => Ranking.Recall(one.Ranked, one.Relevant, First))]));
        }

        Interval Jobs(Func<bool, bool> which)
        {
            var among = links.Where(one => which(one.IsRenewal)).ToList();
            var ranked = among.SelectMany(one => one.Links.Select(link => (link.Job, one.Fiche.Id, Score: score(link))))
                .GroupBy(one => one.Job)
                .ToDictionary(group => group.Key, group => group.OrderByDescending(one => one.Score)
                    .ThenBy(one => one.Id, StringComparer.Ordinal).Select(one => one.Id).ToList());
            return Interval.Bootstrap([.. among.SelectMany(one => one.Fiche.Jobs.Select(job => (job, one.Fiche.Id)))
                .GroupBy(one => one.job).Select(group =>
                Ranking.Ndcg(
                    ranked.GetValueOrDefault(group.Key) ?? [], group.Select(one => one.Id).ToHashSet(), First))]);
        }

        var (fresh, renewed) = (Certifications(isRenewal: false), Certifications(isRenewal: true));
        return new(name,
            fresh.Ndcg, fresh.Recall, renewed.Ndcg, renewed.Recall, Jobs(_ => true), Jobs(isRenewal => !isRenewal));
    }
}
