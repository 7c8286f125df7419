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
        var place = jobs.Index().ToDictionary(one => one.Item.Code, one => one.Index);
        var texts = jobs.SelectMany(job => Texts(job)
            .Distinct().Select(text => (Text: text, Jobs: new[] { place[job.Code] }, Weight: 1f)))
            .Concat(SharedText.Gather(jobs)
                .Select(shared => (shared.Text, Jobs: Places(shared.Jobs, place), Weight: OfOthers)))
            .Concat(fiches.Select(fiche => (Text: DiplomaTitle.Of(fiche.Title, fiche.Type).Main,
                Jobs: Places(fiche.Jobs, place), Weight: OfOthers)))
            .Where(text => text.Jobs.Length > 0)
            .Select(text => (Features: FicheFeatures.OfTitle(text.Text).ToList(), text.Jobs, text.Weight)).ToList();
        var space = FeatureSpace.Of([.. texts.Select(text => text.Features)]);
        float[] prior = [.. jobs.Select(_ => 1f / jobs.Count)];
        return new([.. jobs.Select(job => job.Code)], space, LinearTraining.OneVersusRest(
            [.. texts.Select(text => new TaughtRow(space.Row(text.Features), text.Jobs, text.Weight))],
            space.Count, prior, Epochs, seed));
    }

    private static IEnumerable<string> Texts(Job job) =>
        job.Titles.Append(job.Label).Concat(job.Recent.Select(recent => recent.Label)).SelectMany(JobTitle.Forms);

    private static int[] Places(IEnumerable<string> codes, Dictionary<string, int> place) =>
        [.. codes.Where(place.ContainsKey).Select(code => place[code]).Distinct().Order()];
}
