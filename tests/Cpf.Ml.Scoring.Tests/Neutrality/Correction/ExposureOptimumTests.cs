using System.Collections.Immutable;
using Cpf.Ml.Scoring.Neutrality.Correction;
using Cpf.Ml.Scoring.Neutrality.Metrics;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Correction;

public sealed class ExposureOptimumTests
{
    private static readonly ImmutableArray<ImmutableArray<int>> Orders = [.. Permutations([0, 1, 2, 3])];

    private static readonly Gen<(double[] Relevance, double[] Condition)> Problems = Gen.Select(
        Gen.Double[0.05, 1].Array[4], Gen.Double[-1, 1].Array[4]);

    [Fact]
    public void Mixture_is_as_good_as_the_best_of_all_mixtures_of_two_orders() => Problems.Sample(problem =>
    {
        // One linear condition: the best mixture has at most two orders, which can be listed.
        var (relevance, condition) = problem;
        var all = Orders.Select(order => (Gain: Sum(order, relevance), Condition: Sum(order, condition))).ToList();
        var best = double.NegativeInfinity;
        foreach (var over in all.Where(order => order.Condition >= 0))
        {
            foreach (var under in all.Where(order => order.Condition < 0))
            {
                var weight = -under.Condition / (over.Condition - under.Condition);
                best = Math.Max(best, (weight * over.Gain) + ((1 - weight) * under.Gain));
            }
        }

        if (double.IsFinite(best))
        {
            var optimum = ExposureOptimum.Solve(relevance, condition);
            Assert.Equal(best, optimum.Gain, 1e-9);
            Assert.Equal(
                0, optimum.Mixture.Sum(part => part.Weight * Sum(part.Order, condition)), 1e-9);
        }
    });

    [Fact]
    public void Condition_that_no_order_can_hold_gives_the_order_that_comes_nearest()
    {
        // All conditions above 0: the smallest sum has the largest condition last.
        var optimum = ExposureOptimum.Solve([0.9, 0.5, 0.1], [3, 2, 1]);
        Assert.Equal([2, 1, 0], Assert.Single(optimum.Mixture).Order);
    }

    [Fact]
    public void Mixture_is_of_whole_orders_with_weights_that_sum_to_1_and_never_gains_over_relevance() =>
        Problems.Sample(problem =>
        {
            var optimum = ExposureOptimum.Solve(problem.Relevance, problem.Condition);
            Assert.Equal(1, optimum.Mixture.Sum(part => part.Weight), 1e-9);
            Assert.All(optimum.Mixture, part => Assert.Equal([0, 1, 2, 3], part.Order.Order()));
            Assert.True(
                optimum.Gain <= RankSimilarity.DiscountedGain(problem.Relevance.OrderDescending()) + 1e-12);
        });

    [Fact]
    public void Exposure_of_treatment_is_in_proportion_to_mean_relevance()
    {
        double[] relevance = [0.9, 0.8, 0.75, 0.7];
        var exposure = ExposureOptimum.Treatment(relevance, [true, true, false, false]).Exposure(4);
        Assert.Equal(
            (exposure[0] + exposure[1]) / (relevance[0] + relevance[1]),
            (exposure[2] + exposure[3]) / (relevance[2] + relevance[3]),
            1e-9);
    }

    [Fact]
    public void Condition_that_the_order_of_relevance_holds_already_costs_nothing()
    {
        // Alike offers of the two groups, in turn: both orders of each pair, half the time.
        double[] relevance = [0.5, 0.5, 0.2, 0.2];
        var optimum = ExposureOptimum.Parity(relevance, [true, false, true, false]);
        Assert.Equal(RankSimilarity.DiscountedGain(relevance), optimum.Gain, 12);
    }

    private static double Sum(ImmutableArray<int> order, double[] values) =>
        order.Index().Sum(position => BrowsingModel.Logarithmic(position.Index + 1) * values[position.Item]);

    private static IEnumerable<ImmutableArray<int>> Permutations(ImmutableArray<int> items) => items.Length <= 1
        ? [items]
        : items.SelectMany(first => Permutations(items.Remove(first)).Select(rest => rest.Insert(0, first)));
}
