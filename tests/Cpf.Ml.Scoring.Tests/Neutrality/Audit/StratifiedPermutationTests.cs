using Cpf.Ml.Scoring.Neutrality.Audit;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Audit;

public sealed class StratifiedPermutationTests
{
    private static readonly Gen<(double Residual, bool IsOwn)[][]> Strata = Gen.Select(
        Gen.Int[-3, 3].Select(value => value / 4.0), Gen.Bool).Array[1, 5].Array[1, 3];

    [Fact]
    public void P_is_the_share_of_all_labellings_that_are_as_far_from_even() => Strata.Sample(strata =>
    {
        IEnumerable<double> Sums((double Residual, bool IsOwn)[] stratum) => Enumerable
            .Range(0, 1 << stratum.Length)
            .Where(bits => int.PopCount(bits) == stratum.Count(offer => offer.IsOwn))
            .Select(bits => stratum.Index().Sum(offer => (bits >> offer.Index & 1) * offer.Item.Residual));
        var sums = strata.Aggregate(
            (IEnumerable<double>)[0.0], (all, stratum) => all.SelectMany(_ => Sums(stratum), (sum, part) => sum + part))
            .ToList();
        var observed = Math.Abs(strata.Sum(stratum => stratum.Sum(offer => offer.IsOwn ? offer.Residual : 0)));
        Assert.Equal(
            sums.Count(sum => Math.Abs(sum) >= observed - 1e-9) / (double)sums.Count,
            StratifiedPermutation.PValue(strata),
            1e-9);
    });

    [Fact]
    public void Direction_of_the_difference_and_order_of_strata_do_not_matter() => Strata.Sample(strata =>
    {
        var p = StratifiedPermutation.PValue(strata);
        Assert.Equal(p, StratifiedPermutation.PValue([.. strata.Reverse()]), 1e-9);
        Assert.Equal(
            p,
            StratifiedPermutation.PValue(
                [.. strata.Select(stratum => stratum.Select(offer => (-offer.Residual, offer.IsOwn)).ToArray())]),
            1e-9);
    });

    [Fact]
    public void Shares_that_are_all_even_are_as_likely_as_can_be() => Assert.Equal(
        1, StratifiedPermutation.PValue([.. Enumerable.Repeat(new[] { (0.0, true), (0.0, false) }, 100)]), 12);

    [Theory]
    [InlineData(6, 4)] // listed
    [InlineData(30, 4)] // drawn
    [InlineData(80, 4)] // by mean and variance
    public void P_falls_below_a_twentieth_once_in_twenty_where_labels_are_by_chance(int strata, int offers)
    {
        var (random, trials, below) = (new Random(8), 200, 0);
        for (var trial = 0; trial < trials; trial++)
        {
            var p = StratifiedPermutation.PValue([.. Enumerable.Range(0, strata).Select(_ =>
            {
                double[] residuals = [.. Enumerable.Range(0, offers).Select(_ => random.NextDouble())];
                bool[] own = [.. Enumerable.Range(0, offers).Select(i => i < offers / 2)];
                random.Shuffle(own);
                return residuals.Zip(own, (value, isOwn) => (value - residuals.Average(), isOwn)).ToArray();
            })]);
            below += p <= 0.05 ? 1 : 0;
        }

        // 10 of 200, with a standard deviation of 3.1.
        Assert.InRange(below, 2, 20);
    }
}
