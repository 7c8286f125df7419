using Cpf.Ml.Scoring.Matching;

namespace Cpf.Ml.Training.Matching.Learning;

/// <summary>A skill or activity of the ROME, with the jobs that it is of.</summary>
internal sealed record SharedText(string Text, IReadOnlyList<string> Jobs)
{
    /// <summary>What more jobs share says little of any.</summary>
    private const int MaxJobs = 8;

    public static IEnumerable<SharedText> Gather(IEnumerable<Job> jobs) =>
        jobs.SelectMany(job => job.Skills.Concat(job.Activities).Select(text => (Text: text, job.Code)))
            .GroupBy(row => row.Text).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new SharedText(
                group.Key, [.. group.Select(row => row.Code).Distinct().Order(StringComparer.Ordinal)]))
                .Where(shared => shared.Jobs.Count <= MaxJobs);
}
