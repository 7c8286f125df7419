using Cpf.Ml.Scoring.Statistics;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Statistics;

public sealed class ShrinkageTests
{
    [Fact]
    public void Groups_that_differ_by_their_errors_only_shrink_to_zero() =>
        Assert.All(
            Shrinkage.Estimate([(0.1, 0.1), (-0.1, 0.1), (0.05, 0.1), (0, 0.2)]), value => Assert.Equal(0, value));

    [Fact]
    public void Imprecise_estimates_shrink_more_than_precise_ones()
    {
        // Between groups: (25 + 25 + 1 - 3) / (100 + 100 + 1).
        var (between, shrunk) = (48 / 201.0, Shrinkage.Estimate([(0.5, 0.1), (-0.5, 0.1), (1, 1)]));
        Assert.Equal(0.5 * between / (between + 0.01), shrunk[0], 1e-12);
        Assert.Equal(between / (between + 1), shrunk[2], 1e-12);
        Assert.True(shrunk[0] > shrunk[2]);
    }

    [Fact]
    public void Shrinkage_never_raises_or_flips_an_estimate() =>
        Gen.Select(Gen.Double[-2, 2], Gen.Double[0.01, 2]).List[1, 20].Sample(estimates =>
            Assert.All(
                Shrinkage.Estimate(estimates).Zip(estimates),
                pair => Assert.True(
                    Math.Abs(pair.First) <= Math.Abs(pair.Second.Item1) && pair.First * pair.Second.Item1 >= 0)));

    [Fact]
    public void Shrunk_estimates_have_a_smaller_error()
    {
        var random = new Random(3);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()))
            * Math.Cos(2 * Math.PI * random.NextDouble());
        double[] truth = [.. Enumerable.Range(0, 200).Select(_ => 0.1 * Normal())];
        (double Value, double Error)[] seen =
            [.. truth.Select((effect, i) => (Error: i % 2 == 0 ? 0.05 : 0.3, Effect: effect))
            .Select(group => (group.Effect + (group.Error * Normal()), group.Error))];
        double Squares(IEnumerable<double> values) => values.Zip(
            truth, (value, real) => (value - real) * (value - real)).Sum();
        Assert.True(Squares(Shrinkage.Estimate(seen)) < 0.4 * Squares(seen.Select(group => group.Value)));
    }
}
