using Offers = System.Collections.Generic.IReadOnlyList<(bool IsProtected, double Relevance, double Score)>;
using Mixture = System.Collections.Generic.IEnumerable<(double Weight,
    System.Collections.Generic.IReadOnlyList<int> Order)>;
using Cpf.Ml.Scoring.Neutrality.Correction;

namespace Cpf.Ml.Training.Neutrality.Evaluation;

/// <summary>
/// What nDCG each method keeps for how much parity of exposure, where protected offers are truly less relevant and
/// parity has its price.
/// </summary>
internal static class FairnessFront
{
    /// <summary>
    /// Corner that fronts are measured from: no correction is this unfair, and no method should cost this much.
    /// </summary>
    private const double WorstGain = 0.9;

    private static readonly double[] Steps = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

    public static IReadOnlyList<(string Method, double Area, IReadOnlyList<CorrectionResult> Points)> Measure(
        int searches)
    {
        var data = PenalisedSearches.Draw(searches, penalty: 0, handicap: 0.25, seed: 5);
        var worst = 1 - data.Measure(Rerankers.None).ParityRatio;
        var methods = new (string Name, IEnumerable<Func<Offers, Mixture>> Points)[]
        {
            ("ledger (ours)", Steps.Select(step => Rerankers.Ledger(new CorrectionGuards { Target =
                ExposureTarget.Parity, Strength = step, MaxMoves = 1000, MaxLoss = 1, MeanLoss = 1 }))),
            ("FairCo",
                Steps.Select(step => Rerankers.FairCo(step == 0 ? 0 : Math.Pow(10, (4 * step) - 2), byMerit: false))),
            ("linear programme", Steps.Select(Rerankers.LinearProgramme)),
            ("FA*IR", Steps.Select(step => step == 0 ? Rerankers.None : Rerankers.Fair(0.6 * step))),
            ("DetConstSort", Steps.Select(step => step == 0 ? Rerankers.None : Rerankers.DetConstSort(0.35 * step))),
        };
        return [.. methods.AsParallel().AsOrdered().Select(method =>
        {
            IReadOnlyList<CorrectionResult> points = [.. method.Points.Select(data.Measure)];
            return (method.Name,
                Area([.. points.Select(point => (Math.Abs(1 - point.ParityRatio), point.Gain))], worst), points);
        })];
    }

    /// <summary>
    /// Share of the rectangle between the corner and the ideal that the points dominate (hypervolume), two points mixed
    /// in any share being a point too; 1 is perfect.
    /// </summary>
    private static double Area(List<(double Unfairness, double Gain)> points, double worst)
    {
        // Concave hull: from the fairest point on, always the neighbour with the steepest gain.
        var sorted = points.Where(point => point.Unfairness <= worst + 1e-9)
            .OrderBy(point => point.Unfairness).ThenByDescending(point => point.Gain).ToList();
        var (area, at) = (0.0, sorted[0]);
        while (sorted.Where(point => point.Unfairness > at.Unfairness && point.Gain > at.Gain)
            .OrderByDescending(point => (point.Gain - at.Gain) / (point.Unfairness - at.Unfairness))
            .FirstOrDefault() is { Gain: > 0 } next)
        {
            area += (next.Unfairness - at.Unfairness) * (((next.Gain + at.Gain) / 2) - WorstGain);
            at = next;
        }

        return (area + ((worst - at.Unfairness) * (at.Gain - WorstGain))) / (worst * (1 - WorstGain));
    }
}
