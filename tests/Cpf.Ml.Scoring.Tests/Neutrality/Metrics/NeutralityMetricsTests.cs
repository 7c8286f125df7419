using Cpf.Ml.Scoring.Neutrality.Clicks;
using Cpf.Ml.Scoring.Neutrality.Metrics;
using Cpf.Ml.Scoring.Statistics;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Metrics;

public sealed class NeutralityMetricsTests
{
    [Fact]
    public void Unshown_offers_count_in_the_exposure_of_their_group()
    {
        (string, double)[] pool = [("a", 1), ("a", 1), ("b", 1), ("b", 1), ("b", 1), ("b", 1)];
        var shown = GroupExposure.Compute(pool, [0, 2], BrowsingModel.Logarithmic);
        Assert.Equal((0.5, 2), (shown["a"].Exposure, shown["a"].Pool));
        Assert.Equal(BrowsingModel.Logarithmic(2) / 4, shown["b"].Exposure, 1e-12);
        Assert.True(shown["b"].SignedTreatment(shown["a"]) < 0);
        Assert.Equal(0, shown["a"].SignedTreatment(shown["a"]));
    }

    [Fact]
    public void Divergences_are_zero_of_equals_and_never_below() =>
        Gen.Select(Gen.Double[0.01, 5].Array[4], Gen.Double[0.01, 5].Array[4]).Sample((p, q) =>
        {
            var (dictionary, other) = (
                p.Index().ToDictionary(value => value.Index, value => value.Item),
                q.Index().ToDictionary(value => value.Index, value => value.Item));
            Assert.InRange(Divergence.JensenShannon(dictionary, other), -1e-12, 1);
            Assert.Equal(0, Divergence.JensenShannon(dictionary, dictionary), 1e-12);
            Assert.True(Divergence.KullbackLeibler(dictionary, other) >= -1e-12);
            Assert.Equal(
                Divergence.JensenShannon(dictionary, other), Divergence.JensenShannon(other, dictionary), 1e-12);
        });

    [Fact]
    public void Skew_of_an_absent_group_is_infinite_and_finite_when_smoothed()
    {
        Dictionary<char, double> first = new() { ['a'] = 10 }, pool = new() { ['a'] = 5, ['b'] = 5 };
        Assert.Equal(double.NegativeInfinity, Divergence.Skew(first, pool, 'b'));
        Assert.InRange(Divergence.Skew(first, pool, 'b', 1), -3, -1);
    }

    [Fact]
    public void Overlap_of_rankings_is_symmetric() =>
        Gen.Select(
            Gen.Shuffle(Enumerable.Range(0, 12).ToArray()),
            Gen.Shuffle(Enumerable.Range(0, 12).ToArray())).Sample((item, other) =>
            {
                Assert.Equal(RankSimilarity.Overlap(item, other), RankSimilarity.Overlap(other, item), 1e-12);
                Assert.Equal(1, RankSimilarity.Overlap(item, item), 1e-12);
                Assert.InRange(RankSimilarity.Overlap(item[..6], other[..6]), 0, 1 + 1e-12);
            });

    [Fact]
    public void Adjusted_p_values_are_never_below_and_keep_their_order() => Gen.Double[0, 1].Array[1, 40].Sample(p =>
    {
        foreach (var adjusted in new[]
        {
            MultipleTests.BenjaminiHochberg(p),
            MultipleTests.BenjaminiYekutieli(p),
            MultipleTests.Holm(p),
        })
        {
            Assert.All(p.Zip(adjusted), pair => Assert.InRange(pair.Second, pair.First - 1e-12, 1));
            var sorted = p.Zip(adjusted).OrderBy(pair => pair.First).Select(pair => pair.Second).ToList();
            Assert.Equal(sorted.Order(), sorted);
        }
    });

    [Fact]
    public void Position_bias_is_found_in_clicks_by_pivot_by_all_pairs_and_by_likelihood()
    {
        double[] theta = [1, 0.7, 0.5, 0.35], gamma = [0.6, 0.3, 0.2];
        List<RankClicks> all = [.. gamma.Index()
            .SelectMany(
                offer => theta.Index().Select(
                    rank => new RankClicks($"{offer.Index}", rank.Index + 1, 1000, 1000 * rank.Item * offer.Item)))];
        foreach (var found in new[]
        {
            PositionBias.AdjacentChain(all),
            PositionBias.Pivot(all, 2),
            PositionBias.AllPairs(all),
            PositionBias.Fit(all).Theta,
        })
        {
            Assert.All(theta.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        }

        Assert.All(
            gamma.Index(),
            entry => Assert.Equal(
                entry.Item, PositionBias.Relevance(all, theta, isSelfNormalised: true)[$"{entry.Index}"], 1e-9));
        Assert.Equal(double.NaN, PositionBias.AdjacentChain([new("a", 1, 10, 5), new("b", 2, 10, 5)])[1]);
        Assert.Equal(2, PositionBias.EffectiveSize([1, 1, 0]), 1e-12);
    }
}
