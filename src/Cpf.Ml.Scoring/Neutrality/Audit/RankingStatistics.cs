using Cpf.Ml.Scoring.Neutrality.Correction;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Scoring.Neutrality.Metrics;

namespace Cpf.Ml.Scoring.Neutrality.Audit;

/// <summary>Measures of the literature for the whole engine, whatever the groups: means over questions. They describe,
/// and prove nothing.</summary>
/// <param name="Disparity">EE-D, at least 0: how concentrated exposure is on the same offers.</param>
/// <param name="Relevance">EE-R: how far exposure goes to what deserves it.</param>
/// <param name="Loss">EE-L, at least 0: squared distance from the exposure if equals were treated equally; 0 is
/// neutral.</param>
/// <param name="Attention">Inequity of attention, in [0, 2]: sum over offers of the distance between their shares of
/// exposure and of relevance.</param>
/// <param name="Questions">Number of questions with relevance and exposure; 0 where there are none, and the measures
/// NaN.</param>
/// <remarks>References: Diaz et al. (2020), with exposure 1/log₂(rank + 1); Biega et al. (2018).</remarks>
public sealed record RankingStatistics(double Disparity, double Relevance, double Loss, double Attention, int Questions)
{
    /// <summary>Measures the engine over all questions of a log.</summary>
    /// <param name="log">The search log.</param>
    public static RankingStatistics Compute(SearchLog log)
    {
        var (disparity, relevance, loss, attention, n) = (0.0, 0.0, 0.0, 0.0, 0);
        foreach (var context in log.Units.GroupBy(unit => (unit.Question, unit.RelevanceContext))
            .Select(group => group.ToList()))
        {
            double[] exposure = [.. context.Select(unit => unit.Exposure / unit.Opportunities)];
            var (given, merit) = (exposure.Sum(), context.Sum(unit => unit.Relevance));
            if (given <= 0 || merit <= 0)
            {
                continue;
            }

            var shown = (int)Math.Round(context.Sum(unit => (double)unit.Shown / unit.Opportunities));
            var target = NeutralRanking.Deserved([.. context.Select(
                unit => new RankedOffer("", "", unit.Relevance, unit.Relevance, []))], shown, ExposureTarget.Relevance);
            var expected = ExpectedExposure.Compute(exposure, target);
            (disparity, relevance, loss,
                n) = (disparity + expected.Disparity, relevance + expected.Relevance, loss + expected.Loss, n + 1);
            attention += exposure.Zip(context, (value, unit) => Math.Abs((value / given) - (unit.Relevance / merit)))
                .Sum();
        }

        return n == 0 ? new(double.NaN, double.NaN, double.NaN, double.NaN, 0)
            : new(disparity / n, relevance / n, loss / n, attention / n, n);
    }
}
