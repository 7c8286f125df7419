using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Matching.Model;
using Cpf.Ml.Scoring.Matching.Wording;

namespace Cpf.Ml.Training.Matching.Learning;

/// <summary>
/// What teaches: fiches with the jobs that they declare, and the texts of the ROME with the jobs that they are of.
/// </summary>
internal sealed record TaughtRows(IReadOnlyList<TaughtRow> Rows, FeatureSpace Space, float[] Prior)
{
    private const float OfSkill = 0.3f;

    /// <param name="place">Of each job's code.</param>
    public static TaughtRows Encode(
        IReadOnlyList<Fiche> fiches, IReadOnlyList<Job> jobs, IReadOnlyDictionary<string, int> place)
    {
        var texts = new List<(List<(string Group, string Feature)> Features, int[] Jobs, float Weight)>();
        foreach (var fiche in fiches)
        {
            texts.Add(([.. FicheFeatures.Of(fiche)], Places(fiche.Jobs, place), 1));
        }

        foreach (var job in jobs)
        {
            foreach (var title in job.Titles.SelectMany(JobTitle.Forms)
                .Append(job.Label).Concat(job.Recent.SelectMany(recent => JobTitle.Forms(recent.Label))).Distinct())
            {
                texts.Add(([.. FicheFeatures.OfText(title)], Places([job.Code], place), 1));
            }
        }

        foreach (var shared in SharedText.Gather(jobs))
        {
            texts.Add(([.. FicheFeatures.OfText(shared.Text)], Places(shared.Jobs, place), OfSkill));
        }

        var space = FeatureSpace.Of([.. texts.Select(text => text.Features)]);
        var prior = new float[place.Count];
        foreach (var job in fiches.SelectMany(fiche => fiche.Jobs))
        {
            prior[place[job]] += 1f / fiches.Count;
        }

        return new(
            [.. texts.Select(text => new TaughtRow(space.Row(text.Features), text.Jobs, text.Weight))], space, prior);
    }

    private static int[] Places(IEnumerable<string> codes, IReadOnlyDictionary<string, int> place) =>
        [.. codes.Select(code => place[code]).Distinct().Order()];
}
