using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Matching.Wording;
using Cpf.Ml.Training.Matching.Learning;

namespace Cpf.Ml.Training.Matching.Evaluation;

/// <param name="First">Share whose job is the first answer.</param>
internal sealed record TitleFigures(int Titles, double First, double InFive, double InTen);

/// <summary>Accuracy on job titles of the ROME that are held out.</summary>
internal static class TitleHoldOut
{
    private const int HeldOut = 1100;
    private const int MinTitles = 5;

    public static TitleFigures Measure(IReadOnlyList<Job> jobs, IReadOnlyList<Fiche> fiches)
    {
        var all = jobs.Where(job => job.Titles.Length >= MinTitles)
            .SelectMany(job => job.Titles.Select(title => (job.Code, Title: title))).ToArray();
        new Random(7).Shuffle(all);
        var held = all.Take(HeldOut).ToList();

        // A label of the ROME 4 may be the title itself: it is held out too.
        var hidden = held.SelectMany(row => JobTitle.Forms(row.Title)).Select(FrenchText.Fold).ToHashSet();
        bool IsHidden(string title) => JobTitle.Forms(title).Any(form => hidden.Contains(FrenchText.Fold(form)));
        var model = JobTitleTraining.Fit([.. jobs.Select(job => job with { Titles = [.. job.Titles.Where(
            title => !IsHidden(title))], Recent = [.. job.Recent.Where(recent => !IsHidden(recent.Label))] })], fiches);
        var ranks = held.AsParallel().Select(row => model.Rank(JobTitle.Forms(row.Title).First(), 10).Index()
            .Where(answer => answer.Item.Job == row.Code).Select(answer => answer.Index).FirstOrDefault(10)).ToList();
        double Share(int first) => ranks.Count(rank => rank < first) / (double)ranks.Count;
        return new(ranks.Count, Share(1), Share(5), Share(10));
    }
}
