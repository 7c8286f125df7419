using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Scoring.Tests.Statistics;

public sealed class ParetoTailTests
{
    [Fact]
    public void Heavy_tail_equals_the_values_worked_out_by_hand()
    {
        // 10 excesses, sum 10, squares 40: mean 1, variance 4 − 1 = 3, shape ½(1 − 1/3) = 1/3, scale 1·(1 − 1/3) = 2/3.
        // Two beyond the threshold: (1 + ⅓·2/⅔)^(−3) = 2^(−3) = 1/8; and back.
        var tail = ParetoTail.Fit(5, 10, 10, 40);

        Assert.Equal(1.0 / 3, tail.Shape, 12);
        Assert.Equal(0.125, tail.Beyond(7), 12);
        Assert.Equal(7, tail.Quantile(0.125), 12);
    }

    [Fact]
    public void Tail_lighter_than_exponential_is_fitted_as_exponential()
    {
        // 4 excesses 1, 1, 2, 4: mean 2, variance 22/4 − 4 = 1.5; ½(1 − 4/1.5) is negative, so the shape is 0 and
        // e^(−2/2) lies beyond 2.
        var tail = ParetoTail.Fit(0, 4, 8, 22);

        Assert.Equal(0, tail.Shape);
        Assert.Equal(Math.Exp(-1), tail.Beyond(2), 12);
        Assert.Equal(2, tail.Quantile(Math.Exp(-1)), 12);
    }

    [Fact]
    public void Whole_tail_exceeds_a_value_below_the_threshold() =>
        Assert.Equal(1, ParetoTail.Fit(5, 10, 10, 40).Beyond(3));

    [Fact]
    public void Fit_recovers_the_shape_of_a_Pareto_sample()
    {
        // Shape 0.2, scale 1: u^(−0.2) − 1, over 0.2.
        var random = new Random(4);
        var excesses = Enumerable.Range(0, 200_000).Select(_ => (Math.Pow(1 - random.NextDouble(), -0.2) - 1) / 0.2)
            .ToList();
        var tail = ParetoTail.Fit(0, excesses.Count, excesses.Sum(), excesses.Sum(excess => excess * excess));

        Assert.Equal(0.2, tail.Shape, 0.02);
        Assert.Equal(1e-3, tail.Beyond((Math.Pow(1e-3, -0.2) - 1) / 0.2), 1e-4);
    }
}
