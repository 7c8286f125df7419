using Cpf.Ml.Scoring.Transactions.Detection;

namespace Cpf.Ml.Scoring.Tests.Statistics;

public sealed class CalibrationCountTests
{
    [Fact]
    public void Each_rate_counts_the_p_values_at_or_below_it()
    {
        var count = new CalibrationCount();
        foreach (var p in new[] { 1, 0.5, 0.1, 0.05, 0.01, 0.002, 0.001, 0.00005, 0.3, 0.9 })
        {
            count.Add(p);
        }

        Assert.Equal(
            [(0.1, 0.6, 10), (0.01, 0.4, 10), (0.001, 0.2, 10), (0.0001, 0.1, 10)], count.Rates().Select(Tuple));
    }

    [Fact]
    public void Exceedance_rate_without_points_is_unknown() =>
        Assert.All(new CalibrationCount().Rates(), rate => Assert.True(double.IsNaN(rate.Observed)));

    private static (double Nominal, double Observed, long Count) Tuple(CalibrationRate rate) =>
        (rate.Nominal, rate.Observed, rate.Count);
}
