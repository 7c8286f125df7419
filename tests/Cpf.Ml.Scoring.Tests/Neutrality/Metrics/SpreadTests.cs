using Cpf.Ml.Scoring.Neutrality.Metrics;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Metrics;

public sealed class SpreadTests
{
    private static readonly Gen<double[]> Values = Gen.Double[0.1, 10].Array[1, 12];

    [Fact]
    public void Spread_of_one_and_three()
    {
        // The mean is 2 and both are 1 from it.
        double[] values = [1, 3];
        Assert.Equal(1.0 / 3, Spread.MinOverMax(values), 12);
        Assert.Equal(3, Spread.MaxOverMin(values), 12);
        Assert.Equal(2, Spread.MaxMinusMin(values), 12);
        Assert.Equal(1, Spread.LargestDeviation(values), 12);
        Assert.Equal(1, Spread.MeanDeviation(values), 12);
        Assert.Equal(Math.Sqrt(2), Spread.NormOfDeviations(values), 12);
        Assert.Equal(1, Spread.Variance(values), 12);
    }

    [Fact]
    public void Differences_do_not_change_with_a_shift_and_ratios_not_with_a_factor() =>
        Gen.Select(Values, Gen.Double[0.1, 10]).Sample((values, by) =>
        {
            double[] shifted = [.. values.Select(value => value + by)];
            double[] scaled = [.. values.Select(value => value * by)];
            Assert.Equal(Spread.MaxMinusMin(values), Spread.MaxMinusMin(shifted), 1e-9);
            Assert.Equal(Spread.Variance(values), Spread.Variance(shifted), 1e-9);
            Assert.Equal(Spread.MeanDeviation(values), Spread.MeanDeviation(shifted), 1e-9);
            Assert.Equal(Spread.MinOverMax(values), Spread.MinOverMax(scaled), 1e-9);
            Assert.Equal(by * by * Spread.Variance(values), Spread.Variance(scaled), 1e-7);
        });

    [Fact]
    public void Mean_deviation_root_of_variance_largest_deviation_and_range_come_in_this_order() =>
        Values.Sample(values =>
        {
            var deviation = Math.Sqrt(Spread.Variance(values));
            Assert.True(Spread.MeanDeviation(values) <= deviation + 1e-9);
            Assert.True(deviation <= Spread.LargestDeviation(values) + 1e-9);
            Assert.True(Spread.LargestDeviation(values) <= Spread.MaxMinusMin(values) + 1e-9);
            Assert.Equal(deviation * Math.Sqrt(values.Length), Spread.NormOfDeviations(values), 1e-9);
        });
}
