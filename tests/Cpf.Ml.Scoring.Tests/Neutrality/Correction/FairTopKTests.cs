using Cpf.Ml.Scoring.Neutrality.Correction;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Correction;

public sealed class FairTopKTests
{
    [Fact]
    public void Failure_probability_equals_enumeration_of_all_draws() =>
        Gen.Select(Gen.Int[1, 10], Gen.Double[0.1, 0.9], Gen.Double[0.01, 0.3]).Sample((length, share, alpha) =>
        {
            var minimums = FairTopK.Minimums(length, share, alpha);
            var fails = Enumerable.Range(0, 1 << length).Sum(bits =>
            {
                bool[] draw = [.. Enumerable.Range(0, length).Select(i => (bits >> i & 1) == 1)];
                return FairTopK.FirstUnfair(draw, minimums) is null
                    ? 0
                    : draw.Aggregate(1.0, (chance, flag) => chance * (flag ? share : 1 - share));
            });
            Assert.Equal(fails, FairTopK.FailProbability(minimums, share), 1e-9);
        }, iter: 100);

    [Fact]
    public void Adjusted_significance_is_the_nearest_on_a_grid() =>
        Gen.Select(Gen.Int[2, 25], Gen.Double[0.1, 0.9], Gen.Double[0.02, 0.3]).Sample((length, share, alpha) =>
        {
            var adjusted = FairTopK.Adjust(length, share, alpha);
            Assert.All(Enumerable.Range(1, 200), i => Assert.True(
                Math.Abs(
                    FairTopK.FailProbability(
                        FairTopK.Minimums(length, share, alpha * i / 200),
                        share) - alpha) >= Math.Abs(adjusted.FailProbability - alpha) - 1e-9));
        }, iter: 30);

    [Fact]
    public void Failure_probability_of_a_thousand_positions_is_adjusted_to_the_significance() =>
        Assert.InRange(FairTopK.Adjust(1000, 0.5, 0.1).FailProbability, 0.099, 0.101);

    [Fact]
    public void Reranked_list_is_fair_when_there_are_enough_protected_items() =>
        Gen.Select(
            Gen.Double[0, 1].Array[0, 15],
            Gen.Double[0, 1].Array[8, 15],
            Gen.Double[0.1, 0.7]).Sample((others, own, share) =>
            {
                var minimums = FairTopK.Minimums(Math.Min(8, others.Length + own.Length), share, 0.1);
                var ranked = FairTopK.Rank([.. others.OrderDescending()], [.. own.OrderDescending()], minimums);
                Assert.Null(FairTopK.FirstUnfair([.. ranked.Select(row => row.IsProtected)], minimums));
            });

    [Theory]
    [InlineData(0.1, "0 0 0 0 0 0 0 0 0 0 0 0")]
    [InlineData(0.2, "0 0 0 0 0 0 0 0 0 0 1 1")]
    [InlineData(0.3, "0 0 0 0 0 0 1 1 1 1 1 2")]
    [InlineData(0.4, "0 0 0 0 1 1 1 1 2 2 2 3")]
    [InlineData(0.5, "0 0 0 1 1 1 2 2 3 3 3 4")]
    [InlineData(0.6, "0 0 1 1 2 2 3 3 4 4 5 5")]
    [InlineData(0.7, "0 1 1 2 2 3 3 4 5 5 6 6")]
    public void Minimums_are_those_of_table_2_of_the_paper(double share, string minimums) =>
        Assert.Equal(minimums, string.Join(' ', FairTopK.Minimums(12, share, 0.1)));

    [Fact]
    public void Minimum_of_a_prefix_is_the_lower_quantile_of_the_binomial() =>
        Gen.Select(Gen.Int[1, 40], Gen.Double[0.05, 0.95], Gen.Double[0.01, 0.4]).Sample((length, share, alpha) =>
        {
            var minimum = FairTopK.Minimums(length, share, alpha)[^1];
            double Below(int count) => Enumerable.Range(0, count + 1).Sum(
                i => MathNet.Numerics.Distributions.Binomial.PMF(share, length, i));
            Assert.True(Below(minimum) >= alpha - 1e-9);
            Assert.True(minimum == 0 || Below(minimum - 1) < alpha + 1e-9);
        });

    [Fact]
    public void Minimums_grow_by_at_most_one_a_position_and_with_share_and_significance() =>
        Gen.Select(Gen.Double[0.05, 0.85], Gen.Double[0.01, 0.2]).Sample((share, alpha) =>
        {
            var minimums = FairTopK.Minimums(30, share, alpha);
            Assert.All(minimums.Zip(minimums.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 0, 1));
            Assert.All(
                minimums.Zip(FairTopK.Minimums(30, share + 0.1, alpha)),
                pair => Assert.True(pair.First <= pair.Second));
            Assert.All(
                minimums.Zip(FairTopK.Minimums(30, share, 2 * alpha)),
                pair => Assert.True(pair.First <= pair.Second));
        });

    [Fact]
    public void Blocks_end_at_the_positions_at_which_the_minimum_rises()
    {
        Assert.Equal([4, 3, 2, 3], FairTopK.Blocks([0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 3, 4]));
        Assert.Empty(FairTopK.Blocks([0, 0, 0]));
    }

    [Fact]
    public void Significance_of_0_asks_for_nothing() =>
        Assert.All(FairTopK.Minimums(20, 0.9, 0), minimum => Assert.Equal(0, minimum));

    [Fact]
    public void Ranking_without_minimums_is_the_one_by_score_and_ties_go_to_the_protected() =>
        Gen.Select(Gen.Int[0, 5].Array[1, 10], Gen.Int[0, 5].Array[1, 10]).Sample((others, own) =>
        {
            double[] first = [.. others.OrderDescending().Select(score => (double)score)];
            double[] second = [.. own.OrderDescending().Select(score => (double)score)];
            var ranked = FairTopK.Rank(first, second, [.. new int[first.Length + second.Length]]);
            var expected = first.Select(score => (Score: score, IsProtected: false))
                .Concat(second.Select(score => (Score: score, IsProtected: true)))
                .OrderByDescending(offer => offer.Score).ThenByDescending(offer => offer.IsProtected);
            Assert.Equal(expected.Select(offer => offer.IsProtected), ranked.Select(offer => offer.IsProtected));
        });

    [Fact]
    public void Reranking_keeps_the_order_within_each_group() =>
        Gen.Select(Gen.Double[0, 1].Array[0, 10], Gen.Double[0, 1].Array[0, 10]).Sample((others, own) =>
        {
            var ranked = FairTopK.Rank(
                [.. others.OrderDescending()], [.. own.OrderDescending()], FairTopK.Minimums(15, 0.5, 0.1));
            Assert.All(ranked.ToLookup(offer => offer.IsProtected, offer => offer.Index), group =>
                Assert.Equal(Enumerable.Range(0, group.Count()), group));
        });
}
