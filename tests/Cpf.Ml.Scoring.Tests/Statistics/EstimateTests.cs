using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Scoring.Tests.Statistics;

public sealed class EstimateTests
{
    [Fact]
    public void P_value_follows_Students_t_distribution()
    {
        // t = 2.086 with 20 degrees is the two-sided 5 % point; 1.725 the one-sided.
        Assert.Equal(0.05, new Estimate(2.085963, 1, 20).P, 6);
        Assert.Equal(0.05, new Estimate(0.5, 1, 20).EquivalenceP(0.5 + 1.724718), 6);
        var (low, high) = new Estimate(1, 2, 20).Interval(0.95);
        Assert.Equal((1 - 4.171927, 1 + 4.171927), (Math.Round(low, 6), Math.Round(high, 6)));
    }

    [Fact]
    public void Zero_variance_proves_equivalence()
    {
        var same = new Estimate(0, 0, 5);
        Assert.Equal((1, 0, 0), (same.P, same.EquivalenceP(0.01), same.Detectable));
        Assert.Equal((0, 1), (new Estimate(0.1, 0, 5).P, new Estimate(0.1, 0, 5).EquivalenceP(0.05)));
    }

    [Fact]
    public void Sample_factor_for_equivalence_quadruples_with_twice_the_error() =>
        Assert.Equal(
            4,
            new Estimate(0, 0.2, 1000)
                .SampleFactorForEquivalence(0.1) / new Estimate(0, 0.1, 1000).SampleFactorForEquivalence(0.1),
            12);

    [Fact]
    public void Bootstrap_interval_of_a_ratio_has_its_nominal_coverage()
    {
        var held = 0;
        for (var trial = 0; trial < 200; trial++)
        {
            var random = new Random(trial);
            double[] under = [.. Enumerable.Range(0, 60).Select(_ => 1 + random.NextDouble())];
            double[] over = [.. under.Select(denominator => denominator * 2 * random.NextDouble())];
            var (low, high) = ClusterBootstrap.Ratio(over, under, 0.95, trial);
            held += low <= 1 && 1 <= high ? 1 : 0;
        }

        Assert.InRange(held, 180, 198);
        Assert.True(double.IsNaN(ClusterBootstrap.Ratio([1], [1], 0.95, 1).Low));
        Assert.True(double.IsNaN(ClusterBootstrap.Ratio([0, 0], [1, 1], 0.95, 1).Low));
    }
}
