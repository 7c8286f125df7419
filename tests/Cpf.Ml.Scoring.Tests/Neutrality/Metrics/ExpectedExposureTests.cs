using Cpf.Ml.Scoring.Neutrality.Metrics;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Metrics;

public sealed class ExpectedExposureTests
{
    /// <summary>All orders of four offers of which the first two are relevant and come first.</summary>
    private static readonly int[][] Best = [[0, 1, 2, 3], [0, 1, 3, 2], [1, 0, 2, 3], [1, 0, 3, 2]];

    [Fact]
    public void Loss_is_disparity_less_twice_relevance_and_the_squares_of_the_target() =>
        Gen.Select(Gen.Double[0, 1].Array[6], Gen.Double[0, 1].Array[6]).Sample((exposure, target) =>
        {
            // Diaz et al. (2020), equation 4.
            var measured = ExpectedExposure.Compute(exposure, target);
            Assert.Equal(
                measured.Disparity - (2 * measured.Relevance) + target.Sum(value => value * value),
                measured.Loss,
                1e-9);
        });

    [Fact]
    public void Target_is_the_mean_exposure_over_all_best_orders()
    {
        var exposure = ExpectedExposure.RankBiased(Best, 4, 0.5);
        var (relevant, other) = ExpectedExposure.RankBiasedTarget(4, 2, 0.5);
        Assert.Equal((0.75, 0.1875), (relevant, other));
        Assert.All(
            exposure.Zip([relevant, relevant, other, other]), offer => Assert.Equal(offer.Second, offer.First, 12));
        Assert.Equal(0, ExpectedExposure.Compute(exposure, [relevant, relevant, other, other]).Loss, 12);
    }

    [Fact]
    public void One_order_for_everybody_loses_what_its_equals_are_apart()
    {
        // 1 and 0.5 instead of 0.75 each, 0.25 and 0.125 instead of 0.1875 each.
        var exposure = ExpectedExposure.RankBiased([Best[0]], 4, 0.5);
        Assert.Equal(
            (2 * 0.25 * 0.25) + (2 * 0.0625 * 0.0625),
            ExpectedExposure.Compute(exposure, [0.75, 0.75, 0.1875, 0.1875]).Loss,
            12);
    }

    [Fact]
    public void Target_shares_out_all_the_exposure_that_there_is() =>
        Gen.Select(Gen.Int[2, 12], Gen.Double[0.1, 0.9]).Sample((offers, patience) =>
        {
            var (relevant, other) = ExpectedExposure.RankBiasedTarget(offers, offers / 2, patience);
            Assert.Equal(
                (1 - Math.Pow(patience, offers)) / (1 - patience),
                (offers / 2 * relevant) + ((offers - (offers / 2)) * other),
                1e-9);
        });

    [Fact]
    public void Target_of_the_cascade_is_the_mean_over_all_best_orders_of_readers_who_stop()
    {
        var exposure = new double[4];
        foreach (var order in Best)
        {
            var seen = BrowsingModel.Cascade([.. order.Select(offer => offer < 2 ? 0.3 : 0)], 0.8);
            foreach (var (position, offer) in order.Index())
            {
                exposure[offer] += seen[position] / Best.Length;
            }
        }

        var (relevant, other) = ExpectedExposure.CascadeTarget(4, 2, 0.8, 0.3);
        Assert.All(
            exposure.Zip([relevant, relevant, other, other]), offer => Assert.Equal(offer.Second, offer.First, 12));
    }

    [Fact]
    public void Readers_who_never_stop_at_an_offer_have_the_rank_biased_target() =>
        Gen.Double[0.1, 0.9].Sample(patience =>
        {
            var (relevant, other) = ExpectedExposure.CascadeTarget(9, 4, patience, 0);
            var expected = ExpectedExposure.RankBiasedTarget(9, 4, patience);
            Assert.Equal(expected.Relevant, relevant, 1e-9);
            Assert.Equal(expected.Other, other, 1e-9);
        });
}
