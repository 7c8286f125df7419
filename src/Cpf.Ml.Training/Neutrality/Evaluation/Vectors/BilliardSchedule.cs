namespace Cpf.Ml.Training.Neutrality.Evaluation.Vectors;

/// <summary>
/// In which order rankings of a mixture are served, each as often as its weight says and as evenly as can be: no chance
/// is needed.
/// </summary>
public static class BilliardSchedule
{
    /// <summary>Times that are equal but for rounding.</summary>
    private const double Slack = 1e-9;

    /// <summary>
    /// Ranking i is due at k/wᵢ for k = 0, 1, …; the earliest goes first, of equals the first by place.
    /// </summary>
    public static IEnumerable<int> Deal(IReadOnlyList<double> weights)
    {
        var served = new long[weights.Count];
        while (true)
        {
            var next = -1;
            for (var i = 0; i < weights.Count; i++)
            {
                if (weights[i] > 0 && (next < 0 || (served[i] / weights[i]) < (served[next] / weights[next]) - Slack))
                {
                    next = i;
                }
            }

            served[next]++;
            yield return next;
        }
    }
}
