using Cpf.Ml.Scoring.Neutrality.Correction;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Scoring.Neutrality.Metrics;

namespace Cpf.Ml.Scoring.Neutrality.Audit;

/// <summary>What measures of the literature say of the whole engine, whatever the groups: means over questions. They
/// describe, and prove nothing.</summary>
/// <param name="Disparity">EE-D: how concentrated exposure is on the same offers.</param>
/// <param name="Relevance">EE-R: how far it goes to what deserves it.</param>
/// <param name="Loss">EE-L: squared distance from what each offer would get if equals were treated equally; 0 is
/// neutral.</param>
/// <param name="Attention">Inequity of attention: sum over offers of the distance between their shares of exposure and
/// of relevance; 0 is in proportion.</param>
/// <param name="Questions">With relevance and something shown.</param>
/// <remarks>References: Diaz et al. (2020), with exposure 1/log₂(rank + 1); Biega et al. (2018).</remarks>
public sealed record DescribedRanking(double Disparity, double Relevance, double Loss, double Attention, int Questions)
{
    public static DescribedRanking Of(SearchLog log)
    {
        var (disparity, relevance, loss, attention, n) = (0.0, 0.0, 0.0, 0.0, 0);
        foreach (var sheet in log.Units.GroupBy(unit => (unit.Question, unit.Sheet)).Select(group => group.ToList()))
        {
            double[] exposure = [.. sheet.Select(unit => unit.Exposure / unit.Opportunities)];
            var (given, merit) = (exposure.Sum(), sheet.Sum(unit => unit.Relevance));
            if (given <= 0 || merit <= 0)
            {
                continue;
            }

            var shown = (int)Math.Round(sheet.Sum(unit => (double)unit.Shown / unit.Opportunities));
            var target = NeutralRanking.Deserved([.. sheet.Select(
                unit => new RankedOffer("", "", unit.Relevance, unit.Relevance, []))], shown, ExposureTarget.Relevance);
            var expected = ExpectedExposure.Of(exposure, target);
            (disparity, relevance, loss,
                n) = (disparity + expected.Disparity, relevance + expected.Relevance, loss + expected.Loss, n + 1);
            attention += exposure.Zip(sheet, (one, unit) => Math.Abs((one / given) - (unit.Relevance / merit))).Sum();
        }

        return n == 0 ? new(double.NaN, double.NaN, double.NaN, double.NaN, 0)
            : new(disparity / n, relevance / n, loss / n, attention / n, n);
    }
}
