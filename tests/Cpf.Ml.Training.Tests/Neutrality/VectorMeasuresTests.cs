using Cpf.Ml.Scoring.Neutrality.Metrics;
using Cpf.Ml.Training.Neutrality.Evaluation.Vectors;
using CsCheck;

namespace Cpf.Ml.Training.Tests.Neutrality;

/// <summary>The measures of rankings that only the golden vectors use.</summary>
public sealed class VectorMeasuresTests
{
    [Fact]
    public void Mixture_of_rankings_is_decomposed_into_at_most_as_many_as_offers() =>
        Gen.Int[2, 7].SelectMany(
            count => Gen.Select(
                Gen.Const(count),
                Gen.Double[0.1, 1].Array[4],
                Gen.Shuffle(Enumerable.Range(0, count).ToArray()).Array[4])).Sample(row =>
            {
                double[] exposures = [.. Enumerable.Range(1, row.Item1).Select(BrowsingModel.Logarithmic)];
                var sum = row.Item2.Sum();
                double[] point = [.. Enumerable.Range(0, row.Item1)
                    .Select(
                        offer => row.Item2.Zip(row.Item3)
                            .Sum(part => part.First / sum * exposures[Array.IndexOf(part.Second, offer)]))];
                var hull = new Expohedron(exposures);
                Assert.True(hull.Contains(point));
                var parts = hull.Decompose(point);
                Assert.InRange(parts.Length, 1, row.Item1);
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
    public void Doubly_stochastic_matrix_is_a_mixture_of_permutations() =>
        Gen.Int[2, 6].SelectMany(
            count => Gen.Select(
                Gen.Const(count),
                Gen.Double[0.1, 1].Array[5],
                Gen.Shuffle(Enumerable.Range(0, count).ToArray()).Array[5])).Sample(entry =>
            {
                var sum = entry.Item2.Sum();
                double[][] matrix = [.. Enumerable.Range(0, entry.Item1)
                    .Select(
                        row => Enumerable.Range(0, entry.Item1).Select(
                            column => entry.Item2.Zip(entry.Item3).Where(part => part.Second[row] == column)
                                .Sum(part => part.First / sum)).ToArray())];
                var parts = BirkhoffDecomposition.Of(matrix);
                Assert.InRange(parts.Length, 1, ((entry.Item1 - 1) * (entry.Item1 - 1)) + 1);
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
        var served = BilliardSchedule.Deal(weights).Take(1000).CountBy(count => count).ToDictionary();
        Assert.All(
            weights.Index(),
            weight => Assert.InRange(served[weight.Index], (1000 * weight.Item) - 1, (1000 * weight.Item) + 1));
    }

    [Fact]
    public void Finite_pool_test_equals_enumeration_of_all_orders() =>
        Gen.Bool.Array[2, 10].Where(order => order.Contains(true) && order.Contains(false)).Sample(order =>
        {
            var (pool, own) = (order.Length, order.Count(flag => flag));
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
    public void Prefix_ratio_without_others_counts_as_empty() =>
        Assert.Equal(0, PrefixParity.Ratio([.. Enumerable.Repeat(true, 5), .. Enumerable.Repeat(false, 5)]), 1e-12);
}
