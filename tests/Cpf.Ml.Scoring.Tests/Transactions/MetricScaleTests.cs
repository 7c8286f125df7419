using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Baselines;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Transactions;

public sealed class MetricScaleTests
{
    [Fact]
    public void Inverse_restores_the_transformed_value()
    {
        Returns(MetricKind.Gauge, Gen.Double[-1e9, 1e9]);
        Returns(MetricKind.Duration, Gen.Double[1e-6, 1e5]);
        Returns(MetricKind.Volume, Gen.Double[0, 1e9]);
        Returns(MetricKind.ErrorRate, Gen.Double[0, 1]);
    }

    [Theory]
    [InlineData(MetricKind.Duration)]
    [InlineData(MetricKind.Volume)]
    [InlineData(MetricKind.ErrorRate)]
    public void Impossible_value_is_clipped_to_its_range(MetricKind kind)
    {
        Assert.Equal(MetricScale.Transform(kind, 0, double.NaN), MetricScale.Transform(kind, -5, double.NaN));
        Assert.True(double.IsFinite(MetricScale.Transform(kind, -5, 0)));
        Assert.True(double.IsFinite(MetricScale.Transform(kind, 1e300, 10)));
    }

    /// <summary>A band reaches below zero and above one on the scale; never in the unit of the series.</summary>
    [Theory]
    [InlineData(MetricKind.Duration, 0, double.PositiveInfinity)]
    [InlineData(MetricKind.Volume, 0, double.PositiveInfinity)]
    [InlineData(MetricKind.ErrorRate, 0, 1)]
    public void Inverse_of_a_bound_beyond_the_scale_is_a_possible_value(MetricKind kind, double least, double most)
    {
        Assert.InRange(MetricScale.Inverse(kind, -100), least, most);
        Assert.InRange(MetricScale.Inverse(kind, 100), least, most);
    }

    [Fact]
    public void Transformed_counts_have_constant_variance()
    {
        // Anscombe: the standard deviation of 2√(n + 3/8) is 1 for a Poisson count, here for means of 4 and of 400.
        foreach (var mean in new[] { 4, 40, 400 })
        {
            var random = new Random(mean);
            var scaled = Enumerable.Range(0, 4000)
                .Select(_ => MetricScale.Transform(
                    MetricKind.Volume, Statistics.Draw.Poisson(random, mean), double.NaN))
                .ToList();
            var deviation = Math.Sqrt(scaled.Average(x => Math.Pow(x - scaled.Average(), 2)));
            Assert.InRange(deviation, 0.9, 1.1);
        }
    }

    [Fact]
    public void One_failure_of_one_transforms_lower_than_a_hundred_of_a_hundred() =>
        Assert.True(
            MetricScale.Transform(MetricKind.ErrorRate, 1, 1) < MetricScale.Transform(MetricKind.ErrorRate, 1, 100));

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NaN)]
    [InlineData(-3)]
    [InlineData(0)]
    public void Invalid_volume_leaves_the_share_unchanged(double volume) =>
        Assert.Equal(Math.Asin(0.5), MetricScale.Transform(MetricKind.ErrorRate, 0.25, volume), 12);

    private static void Returns(MetricKind kind, Gen<double> values) =>
        values.Sample(value =>
            Math.Abs(
                MetricScale.Inverse(
                    kind, MetricScale.Transform(kind, value, double.NaN)) - value) <= 1e-9 * (1 + Math.Abs(value)));
}
