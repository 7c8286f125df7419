using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Matching.Model;
using Cpf.Ml.Scoring.Matching.Wording;

namespace Cpf.Ml.Training.Matching.Learning;

/// <summary>
/// Learns which job a title is of, from the titles, labels, skills and activities of the ROME, and from titles of
/// certifications that lead to it.
/// </summary>
internal static class JobTitleTraining
{
    private const int Epochs = 20;

    /// <summary>
    /// What a skill, or a certification's title, counts for beside a title of the job itself; 0.2 to 0.5 do alike, 1
    /// does worse.
    /// </summary>
    private const float OfOthers = 0.3f;

    /// <param name="fiches">Certifications with declared jobs; none to learn from the ROME alone.</param>
    public static JobTitleModel Fit(IReadOnlyList<Job> jobs, IReadOnlyList<Fiche> fiches, int seed = 1)
    {
        var indexOf = jobs.Index().ToDictionary(job => job.Item.Code, job => job.Index);
        var texts = jobs.SelectMany(job => Texts(job)
            .Distinct().Select(text => (Text: text, Jobs: new[] { indexOf[job.Code] }, Weight: 1f)))
            .Concat(SharedText.Gather(jobs)
                .Select(shared => (shared.Text, Jobs: Indices(shared.Jobs, indexOf), Weight: OfOthers)))
            .Concat(fiches.Select(fiche => (Text: DiplomaTitle.Parse(fiche.Title, fiche.Type).Main,
                Jobs: Indices(fiche.Jobs, indexOf), Weight: OfOthers)))
            .Where(text => text.Jobs.Length > 0)
            .Select(text => (Features: FicheFeatures.OfTitle(text.Text).ToList(), text.Jobs, text.Weight)).ToList();
        var space = FeatureSpace.Build([.. texts.Select(text => text.Features)]);
        float[] prior = [.. jobs.Select(_ => 1f / jobs.Count)];
        return new([.. jobs.Select(job => job.Code)], space, LinearTraining.OneVersusRest(
            [.. texts.Select(text => new TrainingRow(space.Row(text.Features), text.Jobs, text.Weight))],
            space.Count, prior, Epochs, seed));
    }

    private static IEnumerable<string> Texts(Job job) =>
        job.Titles.Append(job.Label).Concat(job.Recent.Select(recent => recent.Label)).SelectMany(JobTitle.Forms);

    private static int[] Indices(IEnumerable<string> codes, Dictionary<string, int> indexOf) =>
        [.. codes.Where(indexOf.ContainsKey).Select(code => indexOf[code]).Distinct().Order()];
}
