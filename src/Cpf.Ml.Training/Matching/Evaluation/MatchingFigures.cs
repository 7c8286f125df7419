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

/// <summary>Recall of declared jobs on held-out fiches.</summary>
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
        foreach (var (signal, name) in LinkSignals.Names.Index().Where(name => Alone.Contains(name.Item)))
        {
            rows.Add(Row(name + " alone", links, link => link.Signals[signal]));
        }

        rows.Add(Row("popularity", links, link => link.Signals[Popularity]));
        foreach (var (name, answers) in new[] { ("BM25 (Lucene.NET)", MatchingBaselines.Bm25(jobs, test)),
            ("groups of 3 to 5 letters", MatchingBaselines.Grams(jobs, test)) })
        {
            rows.Add(Row(name,
                [.. links.Zip(answers, (link, links) => (link.Fiche, links, link.IsRenewal))],
                link => link.Probability));
        }

        var pairs = links
            .SelectMany(row => row.Links.Select(link => (link.Probability, IsLink: row.Fiche.Jobs.Contains(link.Job))))
            .OrderByDescending(pair => pair.Probability).ToList();
        var (hits, reached) = (0, 0);
        for (var i = 0; i < pairs.Count; i++)
        {
            hits += pairs[i].IsLink ? 1 : 0;
            reached = hits >= 0.9 * (i + 1) ? hits : reached;
        }

        return new(
            links.Count(link => !link.IsRenewal),
            links.Count(link => link.IsRenewal), test.SelectMany(fiche => fiche.Jobs).Distinct().Count(), rows,
            BandTraining.CalibrationError([.. pairs]),
            reached / (double)test.Sum(fiche => fiche.Jobs.Length));
    }

    private static MatchingRow Row(
        string name, IReadOnlyList<(Fiche Fiche, IReadOnlyList<EstimatedLink> Links, bool IsRenewal)> links,
        Func<EstimatedLink, double> score)
    {
        (Interval Ndcg, Interval Recall) Certifications(bool isRenewal)
        {
            var results = links.Where(link => link.IsRenewal == isRenewal)
                .Select(row => (Ranked: row.Links.OrderByDescending(score)
                    .ThenByDescending(link => link.Signals[Popularity]).Select(link => link.Job).ToList(),
                    Relevant: row.Fiche.Jobs.ToHashSet())).ToList();
            return (Interval.Bootstrap(
                [.. results.Select(result => Ranking.Ndcg(result.Ranked, result.Relevant, First))]),
                Interval.Bootstrap(
                    [.. results.Select(result => Ranking.Recall(result.Ranked, result.Relevant, First))]));
        }

        Interval Jobs(Func<bool, bool> which)
        {
            var among = links.Where(link => which(link.IsRenewal)).ToList();
            var ranked = among.SelectMany(row => row.Links.Select(link => (link.Job, row.Fiche.Id, Score: score(link))))
                .GroupBy(row => row.Job)
                .ToDictionary(group => group.Key, group => group.OrderByDescending(row => row.Score)
                    .ThenBy(row => row.Id, StringComparer.Ordinal).Select(row => row.Id).ToList());
            return Interval.Bootstrap([.. among.SelectMany(row => row.Fiche.Jobs.Select(job => (job, row.Fiche.Id)))
                .GroupBy(row => row.job).Select(group =>
                Ranking.Ndcg(
                    ranked.GetValueOrDefault(group.Key) ?? [], group.Select(row => row.Id).ToHashSet(), First))]);
        }

        var (fresh, renewed) = (Certifications(isRenewal: false), Certifications(isRenewal: true));
        return new(name,
            fresh.Ndcg, fresh.Recall, renewed.Ndcg, renewed.Recall, Jobs(_ => true), Jobs(isRenewal => !isRenewal));
    }
}
