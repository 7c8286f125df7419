using Cpf.Ml.Scoring.Neutrality.Metrics;
using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Training.Neutrality.Evaluation.Vectors;

/// <summary>Concentration of shares, and proportions.</summary>
internal static class ShareVectors
{
    public static Dictionary<string, Func<GoldenVector, object>> Measures => new()
    {
        ["Gini / HHI / Theil"] = _ => Shares(),
        ["Wilson 95%"] = vector => vector.Input.GetProperty("x").EnumerateArray()
            .Select(row => Proportions.Interval(row[0].GetInt32(), row[1].GetInt32()))
            .Select(interval => new[] { interval.Low, interval.High }),
        ["n per arm, two proportions, alpha .05 two-sided, power .8"] = vector => vector.Input.GetProperty("pairs")
            .EnumerateArray().Select(row => Proportions.SampleSize(row[0].GetDouble(), row[1].GetDouble())),
    };

    private static object Shares()
    {
        double[][] x =
        [
            [1, 2, 3, 4], [0, 0, 0, 1], [1, 1, 1, 1, 1], [.. Enumerable.Range(1, 6).Select(BrowsingModel.Logarithmic)],
        ];
        return new
        {
            gini = x.Select(Concentration.Gini),
            hhi_1234 = Concentration.Herfindahl(x[0]),
            hhi_1234_normalised = Concentration.NormalisedHerfindahl(x[0]),
            hhi_dcg6 = Concentration.Herfindahl(x[3]),
            theilT_1234 = Concentration.TheilT(x[0]),
            theilL_1234 = Concentration.TheilL(x[0]),
            gei2_1234 = Concentration.Entropy2(x[0]),
            atkinson_half_1234 = Concentration.AtkinsonHalf(x[0]),
        };
    }
}
