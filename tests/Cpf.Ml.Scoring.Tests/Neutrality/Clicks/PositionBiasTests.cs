using Cpf.Ml.Scoring.Neutrality.Clicks;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Clicks;

public sealed class PositionBiasTests
{
    private static readonly Gen<(double[] Theta, double[] Gamma)> Models = Gen.Select(
        Gen.Double[0.1, 1].Array[3].Select(theta => (double[])[1, .. theta]), Gen.Double[0.05, 0.9].Array[5]);

    [Fact]
    public void Effective_size_is_between_one_and_the_count_and_has_no_unit() =>
        Gen.Select(Gen.Double[0.01, 10].Array[1, 30], Gen.Double[0.1, 10]).Sample((weights, factor) =>
        {
            var size = PositionBias.EffectiveSize(weights);
            Assert.InRange(size, 1 - 1e-9, weights.Length + 1e-9);
            Assert.Equal(size, PositionBias.EffectiveSize(weights.Select(weight => factor * weight)), 1e-6);
        });

    [Fact]
    public void Effective_size_of_equal_weights_is_their_count_and_of_none_is_0()
    {
        Assert.Equal(7, PositionBias.EffectiveSize(Enumerable.Repeat(0.3, 7)), 12);
        Assert.Equal(16.0 / 10, PositionBias.EffectiveSize([3, 1]), 12);
        Assert.Equal(0, PositionBias.EffectiveSize([0, 0]));
        Assert.Equal(0, PositionBias.EffectiveSize([]));
    }

    [Fact]
    public void Positions_do_not_depend_on_the_pivot() => Models.Sample(model =>
    {
        var clicks = Clicks(model.Theta, model.Gamma);
        for (var pivot = 1; pivot <= 4; pivot++)
        {
            AssertClose(model.Theta, PositionBias.Pivot(clicks, pivot));
        }
    });

    [Fact]
    public void Chain_and_all_pairs_find_positions_whatever_the_relevance_of_offers() => Models.Sample(model =>
    {
        AssertClose(model.Theta, PositionBias.AdjacentChain(Clicks(model.Theta, model.Gamma)));
        AssertClose(model.Theta, PositionBias.AllPairs(Clicks(model.Theta, model.Gamma)));
    });

    [Fact]
    public void Likelihood_finds_relevance_along_with_positions()
    {
        var (theta, gamma) = PositionBias.Fit(Clicks([1, 0.6, 0.3], [0.5, 0.2]));
        AssertClose([1, 0.6, 0.3], theta);
        Assert.Equal((0.5, 0.2), (Math.Round(gamma["0"], 6), Math.Round(gamma["1"], 6)));
    }

    [Fact]
    public void Clicks_over_propensities_are_the_relevance() => Models.Sample(model => Assert.All(
        model.Gamma.Index(),
        offer => Assert.Equal(
            offer.Item,
            PositionBias.Relevance(Clicks(model.Theta, model.Gamma), model.Theta)[$"{offer.Index}"],
            1e-9)));

    [Fact]
    public void Cut_weights_lower_the_relevance_of_what_stood_low()
    {
        // Two clicks of a hundred at a position looked at once in ten: 0.2, or 0.1 where no click counts above five.
        RankClicks[] clicks = [new("low", 2, 100, 2)];
        Assert.Equal(0.2, PositionBias.Relevance(clicks, [1, 0.1])["low"], 12);
        Assert.Equal(0.1, PositionBias.Relevance(clicks, [1, 0.1], maxWeight: 5)["low"], 12);
        Assert.Equal(
            0.1, PositionBias.Relevance(clicks, [1, 0.1], isSelfNormalised: true, maxWeight: 5)["low"], 12);
    }

    [Fact]
    public void Rates_as_they_are_take_the_best_offers_for_the_best_positions()
    {
        // All positions are looked at alike; relevant offers stand first.
        RankClicks[] clicks = [new("a", 1, 100, 50), new("b", 2, 100, 10), new("c", 2, 100, 20)];
        Assert.Equal([0.5, 0.15], PositionBias.NaiveRates(clicks));
    }

    [Fact]
    public void Position_that_shares_no_offer_with_the_one_above_breaks_the_chain_from_there_on()
    {
        RankClicks[] clicks =
        [
            new("a", 1, 10, 5), new("a", 2, 10, 4), new("b", 3, 10, 3), new("b", 4, 10, 2),
        ];
        var theta = PositionBias.AdjacentChain(clicks);
        Assert.Equal([true, true, false, false], theta.Select(double.IsFinite));
        Assert.Empty(PositionBias.AdjacentChain([]));
    }

    private static RankClicks[] Clicks(double[] theta, double[] gamma) =>
    [
        .. gamma.Index().SelectMany(offer => theta.Index().Select(position => new RankClicks(
            $"{offer.Index}", position.Index + 1, 1000, 1000 * position.Item * offer.Item))),
    ];

    private static void AssertClose(IEnumerable<double> expected, IEnumerable<double> actual) => Assert.All(
        expected.Zip(actual), position => Assert.Equal(position.First, position.Second, 1e-6));
}
