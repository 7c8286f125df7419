using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Matching.Model;
using Cpf.Ml.Scoring.Matching.Wording;

namespace Cpf.Ml.Training.Matching.Learning;

/// <summary>
/// What teaches: fiches with the jobs that they declare, and the texts of the ROME with the jobs that they are of.
/// </summary>
internal sealed record TrainingRows(IReadOnlyList<TrainingRow> Rows, FeatureSpace Space, float[] Prior)
{
    private const float OfSkill = 0.3f;

    /// <param name="indexOf">Index of each job by its code.</param>
    public static TrainingRows Encode(
        IReadOnlyList<Fiche> fiches, IReadOnlyList<Job> jobs, IReadOnlyDictionary<string, int> indexOf)
    {
        var texts = new List<(List<(string Group, string Feature)> Features, int[] Jobs, float Weight)>();
        foreach (var fiche in fiches)
        {
            texts.Add(([.. FicheFeatures.Of(fiche)], Indices(fiche.Jobs, indexOf), 1));
        }

        foreach (var job in jobs)
        {
            foreach (var title in job.Titles.SelectMany(JobTitle.Forms)
                .Append(job.Label).Concat(job.Recent.SelectMany(recent => JobTitle.Forms(recent.Label))).Distinct())
            {
                texts.Add(([.. FicheFeatures.OfText(title)], Indices([job.Code], indexOf), 1));
            }
        }

        foreach (var shared in SharedText.Gather(jobs))
        {
            texts.Add(([.. FicheFeatures.OfText(shared.Text)], Indices(shared.Jobs, indexOf), OfSkill));
        }

        var space = FeatureSpace.Build([.. texts.Select(text => text.Features)]);
        var prior = new float[indexOf.Count];
        foreach (var job in fiches.SelectMany(fiche => fiche.Jobs))
        {
            prior[indexOf[job]] += 1f / fiches.Count;
        }

        return new(
            [.. texts.Select(text => new TrainingRow(space.Row(text.Features), text.Jobs, text.Weight))], space, prior);
    }

    private static int[] Indices(IEnumerable<string> codes, IReadOnlyDictionary<string, int> indexOf) =>
        [.. codes.Select(code => indexOf[code]).Distinct().Order()];
}
