using System.Collections.Immutable;
using Cpf.Ml.Scoring.Matching;
using MathNet.Numerics.Distributions;

namespace Cpf.Ml.Training.Matching.Learning;

/// <summary>
/// From which probabilities on a link of a tier can be included, and below which left out, on links that the model was
/// not told.
/// </summary>
internal static class BandTraining
{
    private const double MaxWrongShare = 0.1;
    private const double MaxLostShare = 0.05;

    /// <summary>Chance that more than <see cref="MaxWrongShare"/> are wrong nevertheless.</summary>
    private const double Risk = 0.1;

    /// <summary>Distance between the thresholds that are tried.</summary>
    private const double Step = 0.01;

    public static ImmutableArray<LinkBand> Fit(IEnumerable<(LinkTier Tier, double Probability, bool IsLink)> pairs) =>
        [.. pairs.GroupBy(pair => pair.Tier).OrderBy(group => group.Key)
            .Select(group => Fit(group.Key, [.. group.Select(pair => (pair.Probability, pair.IsLink))]))];

    private static LinkBand Fit(LinkTier tier, IReadOnlyList<(double Probability, bool IsLink)> pairs)
    {
        // From the surest down, until the first that could be wrong too often: testing in a fixed order needs no
        // correction.
        var include = 1 + Step;
        for (var threshold = 1 - Step; threshold > 0; threshold -= Step)
        {
            var above = pairs.Where(pair => pair.Probability >= threshold).ToList();
            if (above.Count < MinForATest)
            {
                continue;
            }

            if (Binomial.CDF(MaxWrongShare, above.Count, above.Count(pair => !pair.IsLink)) > Risk)
            {
                break;
            }

            include = threshold;
        }

        var links = pairs.Where(pair => pair.IsLink).Select(pair => pair.Probability).Order().ToList();
        var lost = (int)Math.Floor(MaxLostShare * (links.Count + 1));
        return new(tier, Math.Round(include, 2), Math.Round(lost > 0 ? links[lost - 1] : 0, 4),
            links.Count, pairs.Count, Math.Round(CalibrationError(pairs), 4));
    }

    /// <summary>
    /// The first test is of so many links: with fewer, two wrong ones by chance would end the search although half as
    /// many as allowed are wrong.
    /// </summary>
    private const int MinForATest = 100;

    /// <summary>Mean distance between probability and share declared, over ten bins of equal width.</summary>
    public static double CalibrationError(IReadOnlyCollection<(double Probability, bool IsLink)> pairs) =>
        pairs.GroupBy(pair => (int)Math.Min(9, 10 * pair.Probability))
        .Sum(bin => bin.Count() / (double)pairs.Count * Math.Abs(
            bin.Average(pair => pair.Probability) - bin.Average(pair => pair.IsLink ? 1.0 : 0)));
}
