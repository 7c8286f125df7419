using Cpf.Ml.Scoring.Neutrality.Metrics;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Metrics;

public sealed class BrowsingModelTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 0.5)]
    [InlineData(7, 1.0 / 3)]
    [InlineData(1023, 0.1)]
    [InlineData(4095, 1.0 / 12)]
    public void Logarithmic_exposure_of_a_position_is_one_over_the_power_of_two_after_it(int rank, double exposure) =>
        Assert.Equal(exposure, BrowsingModel.Logarithmic(rank), 12);

    [Fact]
    public void Logarithmic_exposure_falls_with_every_position_beyond_the_table_too() =>
        Assert.All(Enumerable.Range(1, 1100), rank => Assert.True(
            BrowsingModel.Logarithmic(rank) > BrowsingModel.Logarithmic(rank + 1), $"position {rank}"));

    [Fact]
    public void Discount_of_TREC_begins_at_the_third_position()
    {
        Assert.Equal((1, 1), (BrowsingModel.LogarithmicFromSecond(1), BrowsingModel.LogarithmicFromSecond(2)));
        Assert.Equal(1 / Math.Log2(3), BrowsingModel.LogarithmicFromSecond(3), 12);
    }

    [Fact]
    public void Exposure_of_all_positions_is_all_the_attention_that_there_is() =>
        Gen.Double[0.05, 0.95].Sample(chance =>
        {
            Assert.Equal(
                100, Enumerable.Range(1, 2000).Sum(rank => BrowsingModel.Geometric(rank, chance)), 1e-6);
            Assert.Equal(
                1, Enumerable.Range(1, 2000).Sum(rank => BrowsingModel.RankBiased(rank, chance)), 1e-6);
        });

    [Fact]
    public void Cascade_readers_reach_a_position_when_nothing_above_satisfied_them()
    {
        // 0.9 · (1 − 0.5), then 0.9 · (1 − 0.2) of that.
        double[] expected = [1, 0.45, 0.45 * 0.72];
        Assert.All(
            expected.Zip(BrowsingModel.Cascade([0.5, 0.2, 0.7], 0.9)),
            position => Assert.Equal(position.First, position.Second, 12));
    }

    [Fact]
    public void Cascade_whose_offers_satisfy_nobody_is_the_rank_biased_model() =>
        Gen.Select(Gen.Int[1, 20], Gen.Double[0.1, 0.9]).Sample((count, patience) => Assert.All(
            BrowsingModel.Cascade(new double[count], patience).Index(),
            position => Assert.Equal(
                BrowsingModel.RankBiased(position.Index + 1, patience) / (1 - patience), position.Item, 1e-9)));

    [Fact]
    public void Nothing_is_read_below_an_offer_that_satisfies_everybody() =>
        Assert.Equal([1.0, 0, 0], BrowsingModel.Cascade([1, 0, 0], 0.9));
}
