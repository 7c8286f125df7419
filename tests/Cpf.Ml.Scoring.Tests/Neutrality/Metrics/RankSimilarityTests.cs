using Cpf.Ml.Scoring.Neutrality.Metrics;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Metrics;

public sealed class RankSimilarityTests
{
    private static readonly Gen<int[]> Rankings = Gen.Shuffle(Enumerable.Range(0, 15).ToArray()).Select(
        order => order[..8]);

    [Fact]
    public void Overlap_of_two_that_changed_places_is_0_9()
    {
        // Agreement 0 at depth 1 and 1 at depth 2: 1·0.9² + 0.1/0.9 · (0 · 0.9 + 1 · 0.9²).
        Assert.Equal(0.9, RankSimilarity.Overlap(["a", "b"], ["b", "a"]), 12);
        Assert.Equal(0, RankSimilarity.Overlap(["a", "b"], ["c", "d"]), 12);
    }

    [Fact]
    public void Overlap_is_the_extrapolated_sum_over_agreements_of_all_prefixes() =>
        Gen.Select(Rankings, Rankings, Gen.Double[0.5, 0.98]).Sample((left, right, persistence) =>
        {
            // Webber, Moffat and Zobel (2010), equation 30, with the sets themselves.
            double Agreement(int depth) => (double)left[..depth].Intersect(right[..depth]).Count() / depth;
            var sum = Enumerable.Range(1, 8).Sum(depth => Agreement(depth) * Math.Pow(persistence, depth));
            Assert.Equal(
                (Agreement(8) * Math.Pow(persistence, 8)) + ((1 - persistence) / persistence * sum),
                RankSimilarity.Overlap(left, right, persistence),
                1e-9);
        });

    [Fact]
    public void Change_at_the_first_positions_weighs_more_than_one_at_the_last()
    {
        int[] order = [.. Enumerable.Range(0, 10)];
        int[] first = [1, 0, .. order[2..]], last = [.. order[..8], 9, 8];
        Assert.True(RankSimilarity.Overlap(order, first) < RankSimilarity.Overlap(order, last));
    }

    [Fact]
    public void Rankings_without_anything_are_alike() => Assert.Equal(1, RankSimilarity.Overlap<int>([], [1, 2]));

    [Fact]
    public void Gain_of_a_relevant_offer_at_the_second_position_is_discounted_by_its_logarithm()
    {
        Assert.Equal(1 / Math.Log2(3), RankSimilarity.NormalisedGain([0, 1]), 12);
        Assert.Equal(3 + (2 / Math.Log2(3)) + 0.5, RankSimilarity.DiscountedGain([3, 2, 1]), 12);
        Assert.Equal(1, RankSimilarity.NormalisedGain([0, 0]));
    }

    [Fact]
    public void Normalised_gain_is_1_in_the_best_order_least_in_the_worst_and_has_no_unit() =>
        Gen.Select(Gen.Double[0.01, 1].Array[1, 12], Gen.Double[0.1, 10]).Sample((relevance, factor) =>
        {
            var gain = RankSimilarity.NormalisedGain(relevance);
            Assert.Equal(1, RankSimilarity.NormalisedGain([.. relevance.OrderDescending()]), 1e-12);
            Assert.InRange(gain, RankSimilarity.NormalisedGain([.. relevance.Order()]) - 1e-12, 1 + 1e-12);
            Assert.Equal(gain, RankSimilarity.NormalisedGain([.. relevance.Select(value => factor * value)]), 1e-9);
        });
}
