using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Matching.Model;

/// <summary>From what people call a job to its code.</summary>
/// <param name="Jobs">Codes, in order.</param>
/// <param name="Space">Features of titles.</param>
/// <param name="Linear">Linear model over these features.</param>
internal sealed record JobTitleModel(ImmutableArray<string> Jobs, FeatureSpace Space, LinearModel Linear)
{
    /// <returns>Log odds of each job, in the order of <see cref="Jobs"/>.</returns>
    public float[] Score(string title)
    {
        var scores = new float[Linear.Stride];
        Linear.Score(Space.Row(FicheFeatures.OfTitle(title)), scores);
        return scores[..Jobs.Length];
    }

    /// <returns>The jobs that it most likely is, best first.</returns>
    public IReadOnlyList<(string Job, float Score)> Rank(string title, int count)
    {
        var scores = Score(title);
        return [.. Enumerable.Range(0, Jobs.Length).OrderByDescending(job => scores[job])
            .ThenBy(job => job).Take(count).Select(job => (Jobs[job], scores[job]))];
    }
}
