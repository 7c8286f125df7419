namespace Cpf.Ml.Scoring.Matching.Model;

/// <summary>How often fiches with a code (a formacode, a field at a level) declare each job.</summary>
internal sealed class CountGraph
{
    /// <summary>Fiches that a code is given beforehand, at the jobs' overall shares: what one fiche says is believed
    /// little.</summary>
    private const float Smoothing = 2;

    private readonly Dictionary<string, (int Fiches, Dictionary<int, int> Jobs)> _counts = [];
    private readonly float[] _prior;

    /// <param name="fiches">Codes and job indices of each training certification.</param>
    /// <param name="prior">Prior share of each job.</param>
    public CountGraph(IEnumerable<(IEnumerable<string> Codes, int[] Jobs)> fiches, float[] prior)
    {
        _prior = prior;
        foreach (var (codes, jobs) in fiches)
        {
            foreach (var code in codes.Distinct())
            {
                var (n, counts) = _counts.GetValueOrDefault(code, (0, []));
                foreach (var job in jobs)
                {
                    counts[job] = counts.GetValueOrDefault(job) + 1;
                }

                _counts[code] = (n + 1, counts);
            }
        }
    }

    /// <returns>Fiches with the code, and those of them that declare the job.</returns>
    public (int Fiches, int Declare) Support(string code, int job) =>
        _counts.TryGetValue(code, out var known) ? (known.Fiches, known.Jobs.GetValueOrDefault(job)) : (0, 0);

    /// <returns>Mean over the codes of the smoothed share; the overall one where no code is known.</returns>
    public float Share(IReadOnlyCollection<string> codes, int job)
    {
        var (sum, known) = (0f, 0);
        foreach (var code in codes)
        {
            var (n, declare) = Support(code, job);
            if (n > 0)
            {
                sum += (declare + (Smoothing * _prior[job])) / (n + Smoothing);
                known++;
            }
        }

        return known == 0 ? _prior[job] : sum / known;
    }
}
