using Cpf.Ml.Scoring.Neutrality.Correction;
using Cpf.Ml.Scoring.Neutrality.Metrics;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Neutrality;

public sealed class CorrectionTests
{
    private static readonly Gen<(double[] Relevance, bool[] Group)> Pools = Gen.Int[3, 9].SelectMany(count => Gen.Select(Gen.Double[0.1, 1].Array[count], Gen.Bool.Array[count])).Where(pool => pool.Item2.Contains(true) && pool.Item2.Contains(false));

    [Fact]
    public void The_best_mixture_holds_the_condition_and_its_gain_is_the_duals() => Pools.Sample(pool =>
    {
        var best = ExposureOptimum.Parity(pool.Relevance, pool.Group);
        Assert.Equal(best.Dual, best.Gain, 1e-9);
        var exposure = best.Exposure(pool.Relevance.Length);
        Assert.Equal(exposure.Where((_, i) => pool.Group[i]).Average(), exposure.Where((_, i) => !pool.Group[i]).Average(), 1e-9);
    });

    [Fact]
    public void A_mixture_of_rankings_is_taken_apart_into_as_many_as_offers_at_most() => Gen.Int[2, 7].SelectMany(count => Gen.Select(Gen.Const(count), Gen.Double[0.1, 1].Array[4], Gen.Shuffle(Enumerable.Range(0, count).ToArray()).Array[4])).Sample(one =>
    {
        double[] exposures = [.. Enumerable.Range(1, one.Item1).Select(BrowsingModel.Logarithmic)];
        var sum = one.Item2.Sum();
        double[] point = [.. Enumerable.Range(0, one.Item1).Select(offer => one.Item2.Zip(one.Item3).Sum(part => part.First / sum * exposures[Array.IndexOf(part.Second, offer)]))];
        var hull = new Expohedron(exposures);
        Assert.True(hull.Contains(point));
        var parts = hull.Decompose(point);
        Assert.InRange(parts.Length, 1, one.Item1);
        Assert.Equal(1, parts.Sum(part => part.Weight), 1e-7);
        Assert.All(point.Index(), value => Assert.Equal(value.Item, parts.Sum(part => part.Weight * part.Exposures[value.Index]), 1e-7));
        Assert.All(parts, part => Assert.Equal(exposures, part.Exposures.OrderDescending()));
    });

    [Fact]
    public void A_point_that_no_mixture_gives_is_refused()
    {
        Assert.False(new Expohedron([1, 2, 3]).Contains([3.5, 2, 0.5]));
        Assert.Throws<ArgumentException>(() => new Expohedron([1, 2, 3]).Decompose([3.5, 2, 0.5]));
    }

    [Fact]
    public void A_doubly_stochastic_matrix_is_a_mixture_of_permutations() => Gen.Int[2, 6].SelectMany(count => Gen.Select(Gen.Const(count), Gen.Double[0.1, 1].Array[5], Gen.Shuffle(Enumerable.Range(0, count).ToArray()).Array[5])).Sample(one =>
    {
        var sum = one.Item2.Sum();
        double[][] matrix = [.. Enumerable.Range(0, one.Item1).Select(row => Enumerable.Range(0, one.Item1).Select(column => one.Item2.Zip(one.Item3).Where(part => part.Second[row] == column).Sum(part => part.First / sum)).ToArray())];
        var parts = BirkhoffDecomposition.Of(matrix);
        Assert.InRange(parts.Length, 1, ((one.Item1 - 1) * (one.Item1 - 1)) + 1);
        Assert.All(matrix.Index(), row => Assert.All(row.Item.Index(), cell => Assert.Equal(cell.Item, parts.Where(part => part.Columns[row.Index] == cell.Index).Sum(part => part.Weight), 1e-9)));
        Assert.Throws<ArgumentException>(() => BirkhoffDecomposition.Of([[0.5, 0.5], [1, 0]]));
    });

    [Fact]
    public void Rankings_are_served_as_often_as_their_weights_say()
    {
        double[] weights = [0.6, 0.1, 0.3];
        var served = BilliardSchedule.Of(weights).Take(1000).CountBy(one => one).ToDictionary();
        Assert.All(weights.Index(), one => Assert.InRange(served[one.Index], (1000 * one.Item) - 1, (1000 * one.Item) + 1));
    }

    [Fact]
    public void Organisations_take_turns_whatever_they_post_and_the_same_seed_gives_the_same_order()
    {
        string[] offers = [.. Enumerable.Repeat("big", 60), "b", "c", "d", "e"];
        var days = Enumerable.Range(0, 2000).Select(day => OrganisationRotation.Order(offers, $"day {day}", cap: 1).Take(5).ToList()).ToList();
        var shares = days.SelectMany(order => order.Select((place, rank) => (Organisation: offers[place], Exposure: BrowsingModel.Logarithmic(rank + 1)))).GroupBy(one => one.Organisation).ToDictionary(group => group.Key, group => group.Sum(one => one.Exposure));
        Assert.All(shares.Values, share => Assert.InRange(share / shares.Values.Average(), 0.95, 1.05));
        Assert.Equal(OrganisationRotation.Order(offers, "x"), OrganisationRotation.Order(offers, "x"));
        Assert.Equal(Enumerable.Range(0, offers.Length), OrganisationRotation.Order(offers, "x", 2).Order());
    }

    [Fact]
    public void Every_prefix_of_a_constrained_ranking_holds_its_shares() => Gen.Select(Gen.Double[0, 1].Array[10], Gen.Double[0, 1].Array[10], Gen.Double[0, 1].Array[10], Gen.Int[1, 8]).Sample((a, b, c, tenths) =>
    {
        Dictionary<char, IReadOnlyList<double>> scores = new() { ['a'] = [.. a.OrderDescending()], ['b'] = [.. b.OrderDescending()], ['c'] = [.. c.OrderDescending()] };
        Dictionary<char, double> shares = new() { ['a'] = tenths / 10.0, ['b'] = (10 - tenths) / 20.0, ['c'] = (10 - tenths) / 20.0 };
        foreach (var ranked in new[] { DeterministicRanking.Conservative(scores, shares, 10), DeterministicRanking.Relaxed(scores, shares, 10), DeterministicRanking.ConstrainedSort(scores, shares, 10) })
        {
            Assert.Equal(10, ranked.Length);
            Assert.Empty(PrefixParity.Infeasible([.. ranked.Select(one => one.Group)], shares));
        }
    });
}
