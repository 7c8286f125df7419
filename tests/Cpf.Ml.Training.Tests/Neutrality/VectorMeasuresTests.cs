using Cpf.Ml.Scoring.Neutrality.Metrics;
using Cpf.Ml.Training.Neutrality.Evaluation.Vectors;
using CsCheck;

namespace Cpf.Ml.Training.Tests.Neutrality;

/// <summary>The measures of rankings that only the golden vectors use.</summary>
public sealed class VectorMeasuresTests
{
    [Fact]
    public void A_mixture_of_rankings_is_taken_apart_into_as_many_as_offers_at_most() =>
        Gen.Int[2, 7].SelectMany(
            count => Gen.Select(
                Gen.Const(count),
                Gen.Double[0.1, 1].Array[4],
                Gen.Shuffle(Enumerable.Range(0, count).ToArray()).Array[4])).Sample(one =>
            {
                double[] exposures = [.. Enumerable.Range(1, one.Item1).Select(BrowsingModel.Logarithmic)];
                var sum = one.Item2.Sum();
                double[] point = [.. Enumerable.Range(0, one.Item1)
                    .Select(
                        offer => one.Item2.Zip(one.Item3)
                            .Sum(part => part.First / sum * exposures[Array.IndexOf(part.Second, offer)]))];
                var hull = new Expohedron(exposures);
                Assert.True(hull.Contains(point));
                var parts = hull.Decompose(point);
                Assert.InRange(parts.Length, 1, one.Item1);
                Assert.Equal(1, parts.Sum(part => part.Weight), 1e-7);
                Assert.All(
                    point.Index(),
                    value => Assert.Equal(
                        value.Item, parts.Sum(part => part.Weight * part.Exposures[value.Index]), 1e-7));
                Assert.All(parts, part => Assert.Equal(exposures, part.Exposures.OrderDescending()));
            });

    [Fact]
    public void A_point_that_no_mixture_gives_is_refused()
    {
        Assert.False(new Expohedron([1, 2, 3]).Contains([3.5, 2, 0.5]));
        Assert.Throws<ArgumentException>(() => new Expohedron([1, 2, 3]).Decompose([3.5, 2, 0.5]));
    }

    [Fact]
    public void A_doubly_stochastic_matrix_is_a_mixture_of_permutations() =>
        Gen.Int[2, 6].SelectMany(
            count => Gen.Select(
                Gen.Const(count),
                Gen.Double[0.1, 1].Array[5],
                Gen.Shuffle(Enumerable.Range(0, count).ToArray()).Array[5])).Sample(one =>
            {
                var sum = one.Item2.Sum();
                double[][] matrix = [.. Enumerable.Range(0, one.Item1)
                    .Select(
                        row => Enumerable.Range(0, one.Item1).Select(
                            column => one.Item2.Zip(one.Item3).Where(part => part.Second[row] == column)
                                .Sum(part => part.First / sum)).ToArray())];
                var parts = BirkhoffDecomposition.Of(matrix);
                Assert.InRange(parts.Length, 1, ((one.Item1 - 1) * (one.Item1 - 1)) + 1);
                Assert.All(
                    matrix.Index(),
                    row => Assert.All(
                        row.Item.Index(),
                        cell => Assert.Equal(
                            cell.Item,
                            parts.Where(part => part.Columns[row.Index] == cell.Index).Sum(part => part.Weight),
                            1e-9)));
                Assert.Throws<ArgumentException>(() => BirkhoffDecomposition.Of([[0.5, 0.5], [1, 0]]));
            });

    [Fact]
    public void Rankings_are_served_as_often_as_their_weights_say()
    {
        double[] weights = [0.6, 0.1, 0.3];
        var served = BilliardSchedule.Deal(weights).Take(1000).CountBy(one => one).ToDictionary();
        Assert.All(
            weights.Index(), one => Assert.InRange(served[one.Index], (1000 * one.Item) - 1, (1000 * one.Item) + 1));
    }

    [Fact]
    public void The_finite_pool_test_is_that_of_all_orders() =>
        Gen.Bool.Array[2, 10].Where(order => order.Contains(true) && order.Contains(false)).Sample(order =>
        {
            var (pool, own) = (order.Length, order.Count(one => one));
            var observed = FinitePoolTest.Observed(order, pool, own, pool);
            var orders = Enumerable.Range(0, 1 << pool).Where(bits => int.PopCount(bits) == own)
                .Select(bits => Enumerable.Range(0, pool).Select(i => (bits >> i & 1) == 1).ToArray()).ToList();
            Assert.Equal(
                orders.Count(other => FinitePoolTest.Observed(other, pool, own, pool) <= observed + 1e-12)
                    / (double)orders.Count,
                FinitePoolTest.TooFew(order, pool, own, pool),
                1e-9);
            Assert.InRange(FinitePoolTest.TwoSided(order, pool, own, pool), 0, 1);
        }, iter: 60);

    [Fact]
    public void The_prefix_measure_of_ratios_takes_a_prefix_without_others_as_empty() =>
        Assert.Equal(0, PrefixParity.Ratio([.. Enumerable.Repeat(true, 5), .. Enumerable.Repeat(false, 5)]), 1e-12);
}
