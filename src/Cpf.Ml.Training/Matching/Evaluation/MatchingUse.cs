using System.Collections.Immutable;
using System.Diagnostics;
using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Matching.Model;
using Cpf.Ml.Scoring.Matching.Query;
using Cpf.Ml.Training.Matching.Learning;

namespace Cpf.Ml.Training.Matching.Evaluation;

/// <summary>Quality of the links for their users, on held-out fiches.</summary>
/// <param name="PerimeterPrecision">Of a job's certifications in the order of their probability, down to where four in
/// five of the declared ones are found: the share that is declared. Mean over jobs.</param>
/// <param name="Masked">nDCG at 10 of one declared job of a certification among all but its other declared
/// ones.</param>
/// <param name="EcologyPrecision">Of the first fifty certifications for the ecological transition, the share that
/// declares a job marked green or strategic.</param>
/// <param name="Specific">Active fiches of the specific register with a link above the catalogue's bound to a job of
/// the ecological transition; null where the register has none.</param>
/// <param name="Tiers">Of the links of each tier: their number, calibration error, the share declared of those that are
/// included without a look and how many these are, and the share of the declared that is left out.</param>
/// <param name="Levels">nDCG at 10 from certification to job, by European level, and certifications.</param>
/// <param name="RareJobs">nDCG at 10 from job to certification, of jobs that five certifications or fewer
/// taught.</param>
/// <param name="QueryMs">95th percentile of a query over the whole register, ms.</param>
/// <param name="Catalogued">Fiches that are searched then.</param>
internal sealed record MatchingUse(
    double PerimeterPrecision,
    double Masked,
    double EcologyPrecision,
    int? Specific,
    ImmutableArray<MatchingUse.TierFigures> Tiers,
    ImmutableArray<MatchingUse.LevelFigures> Levels,
    double RareJobs,
    double QueryMs,
    int Catalogued)
{
    private const int First = 10;
    private const int FirstOfTheme = 50;
    private const double Recall = 0.8;
    private const int Rare = 5;
    private const int Queries = 400;

    public static MatchingUse Measure(MatchingModel model, IReadOnlyList<Fiche> test,
        IReadOnlyList<Fiche> register, IReadOnlyList<Job> jobs, ImmutableArray<LinkBand> bands)
    {
        var links = test.AsParallel().AsOrdered().Select(fiche => (Fiche: fiche, Links: model.Link(fiche))).ToList();
        var byJob = links.SelectMany(row => row.Links.Select(link => (link.Job, row.Fiche, link.Probability)))
            .ToLookup(row => row.Job);
        var queries = test.SelectMany(fiche => fiche.Jobs).Distinct().Order(StringComparer.Ordinal).ToList();
        List<Fiche> Ranked(string job) => [.. byJob[job].OrderByDescending(row => row.Probability)
            .ThenBy(row => row.Fiche.Id, StringComparer.Ordinal).Select(row => row.Fiche)];
        var trained = model.Knowledge.Fiches.SelectMany(known => known.Fiche.Jobs).CountBy(job => job).ToDictionary();
        var ecology = Theme.All.First(theme => theme.Flag == "ecology");
        var weights = jobs.ToDictionary(job => job.Code, ecology.WeightOf);
        var theme = links
            .OrderByDescending(row => row.Links.Sum(link => weights.GetValueOrDefault(link.Job) * link.Probability))
            .Take(FirstOfTheme).ToList();
        var catalogue =
            new MatchingCatalogue(model.Titles, [.. jobs], CatalogueBuilding.Link(model, register), [], bands);
        return new(
            queries.Average(job => PrecisionAt(Ranked(job).ConvertAll(fiche => fiche.Jobs.Contains(job)),
                test.Count(fiche => fiche.Jobs.Contains(job)))),
            links.Where(link => link.Fiche.Jobs.Length > 1).SelectMany(row => row.Fiche.Jobs.Select(job =>
                Ranking.Ndcg([.. row.Links.Where(link => link.Job == job || !row.Fiche.Jobs.Contains(link.Job)).Select(
                    link => link.Job)], new HashSet<string> { job }, First))).DefaultIfEmpty(double.NaN).Average(),
            theme.Count(row => row.Fiche.Jobs.Any(job => weights.GetValueOrDefault(job) > 0)) / (double)theme.Count,
            register.Any(fiche => fiche.IsSpecific) ? catalogue.Fiches.Count(fiche => fiche.Fiche is
            {
                IsSpecific: true,
                IsActive: true
            } && fiche.Links.Any(link => weights.GetValueOrDefault(link.Job) > 0)) : null,
            [
                .. links.SelectMany(
                    row => row.Links.Select(link => (Tier: model.Signals.TierOf(row.Fiche, model.Knowledge.Jobs.IndexOf(
                        link.Job), link.Signals), link.Probability, IsLink: row.Fiche.Jobs.Contains(link.Job))))
                    .GroupBy(row => row.Tier).OrderBy(group => group.Key).Select(group => Measure(bands.First(
                        band => band.Tier == group.Key), [.. group.Select(row => (row.Probability, row.IsLink))])),
            ],
            [.. links.Where(link => link.Fiche.Level is not null)
                .GroupBy(link => link.Fiche.Level!.Value).OrderBy(group => group.Key)
                .Select(group => new LevelFigures(group.Key, group.Average(row => Ranking.Ndcg(
                    [.. row.Links.Select(link => link.Job)], row.Fiche.Jobs.ToHashSet(), First)), group.Count()))],
            queries.Where(job => trained.GetValueOrDefault(job) <= Rare)
                .Select(job => Ranking.Ndcg(Ranked(job).ConvertAll(fiche => fiche.Id),
                    test.Where(fiche => fiche.Jobs.Contains(job)).Select(fiche => fiche.Id).ToHashSet(), First))
                    .DefaultIfEmpty(double.NaN).Average(),
            Time(catalogue, jobs), catalogue.Fiches.Length);
    }

    private static TierFigures Measure(LinkBand band, IReadOnlyList<(double Probability, bool IsLink)> links)
    {
        var (included, declared) = (links.Where(link => band.VerdictOf(link.Probability) == LinkVerdict.Include)
            .ToList(), links.Where(link => link.IsLink).ToList());
        return new(
            band.Tier, links.Count, Learning.BandTraining.CalibrationError(links),
            included.Count == 0 ? double.NaN : included.Average(link => link.IsLink ? 1.0 : 0), included.Count,
            declared.Count == 0 ? double.NaN
                : declared.Average(link => band.VerdictOf(link.Probability) == LinkVerdict.Exclude ? 1.0 : 0));
    }

    /// <summary>Precision where the recall is first reached; what is never found counts as found last.</summary>
    private static double PrecisionAt(List<bool> ranked, int relevant)
    {
        var (needed, hits) = ((int)Math.Ceiling(Recall * relevant), 0);
        for (var i = 0; i < ranked.Count; i++)
        {
            hits += ranked[i] ? 1 : 0;
            if (hits == needed)
            {
                return hits / (i + 1.0);
            }
        }

        return hits / (double)Math.Max(1, ranked.Count + needed - hits);
    }

    /// <summary>Titles as people type them, with a slip in every second, and themes among them.</summary>
    private static double Time(MatchingCatalogue catalogue, IReadOnlyList<Job> jobs)
    {
        var (understanding, random) = (new QueryUnderstanding(catalogue), new Random(1));
        var titles = jobs.SelectMany(job => job.Titles).ToArray();
        var times = new List<double>();
        for (var i = 0; i < Queries; i++)
        {
            var title = titles[random.Next(titles.Length)].Split(" / ")[0];
            var query = i % 20 == 0 ? "transition écologique en Bretagne"
                : i % 2 == 0 ? title : title.Remove(random.Next(title.Length), 1);
            var start = Stopwatch.GetTimestamp();
            _ = Recommendations.Find(catalogue, understanding, new(query, []));
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return times.Order().ElementAt((int)(0.95 * times.Count));
    }

    internal sealed record TierFigures(
        LinkTier Tier, int Links, double Error, double Included, int Includes, double Lost);

    internal sealed record LevelFigures(int Level, double Ndcg, int Fiches);
}
