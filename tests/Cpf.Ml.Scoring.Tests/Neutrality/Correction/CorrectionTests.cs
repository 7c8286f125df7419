using Cpf.Ml.Scoring.Neutrality.Correction;
using Cpf.Ml.Scoring.Neutrality.Metrics;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Correction;

public sealed class CorrectionTests
{
    private static readonly Gen<(double[] Relevance, bool[] Group)> Pools = Gen.Int[3, 9].SelectMany(
        count => Gen.Select(
            Gen.Double[0.1, 1].Array[count],
            Gen.Bool.Array[count])).Where(pool => pool.Item2.Contains(true) && pool.Item2.Contains(false));

    [Fact]
    public void Optimal_mixture_holds_the_condition_and_has_no_duality_gap() => Pools.Sample(pool =>
    {
        var best = ExposureOptimum.Parity(pool.Relevance, pool.Group);
        Assert.Equal(best.Dual, best.Gain, 1e-9);
        var exposure = best.Exposure(pool.Relevance.Length);
        Assert.Equal(
            exposure.Where((_, i) => pool.Group[i]).Average(),
            exposure.Where((_, i) => !pool.Group[i]).Average(),
            1e-9);
    });

    [Fact]
    public void Organisations_take_turns_whatever_they_post_and_the_same_seed_gives_the_same_order()
    {
        string[] offers = [.. Enumerable.Repeat("big", 60), "b", "c", "d", "e"];
        var days = Enumerable.Range(0, 2000)
            .Select(day => OrganisationRotation.Order(offers, $"day {day}", cap: 1).Take(5).ToList()).ToList();
        var shares = days
            .SelectMany(order => order.Select((index, rank) => (Organisation: offers[index], Rank: rank + 1)))
            .GroupBy(shown => shown.Organisation)
            .Select(shown => shown.Sum(row => BrowsingModel.Logarithmic(row.Rank))).ToList();
        Assert.All(shares, share => Assert.InRange(share / shares.Average(), 0.95, 1.05));
        Assert.Equal(OrganisationRotation.Order(offers, "x"), OrganisationRotation.Order(offers, "x"));
        Assert.Equal(Enumerable.Range(0, offers.Length), OrganisationRotation.Order(offers, "x", 2).Order());
    }

    [Fact]
    public void Every_prefix_of_a_constrained_ranking_holds_its_shares() =>
        Gen.Select(
            Gen.Double[0, 1].Array[10],
            Gen.Double[0, 1].Array[10],
            Gen.Double[0, 1].Array[10],
            Gen.Int[1, 8]).Sample((a, b, c, tenths) =>
            {
                Dictionary<char, IReadOnlyList<double>> scores = new()
                {
                    ['a'] = [.. a.OrderDescending()],
                    ['b'] = [.. b.OrderDescending()],
                    ['c'] = [.. c.OrderDescending()],
                };
                Dictionary<char, double> shares = new()
                {
                    ['a'] = tenths / 10.0,
                    ['b'] = (10 - tenths) / 20.0,
                    ['c'] = (10 - tenths) / 20.0,
                };
                foreach (var ranked in new[]
                {
                    DeterministicRanking.Conservative(scores, shares, 10),
                    DeterministicRanking.Relaxed(scores, shares, 10),
                    DeterministicRanking.ConstrainedSort(scores, shares, 10),
                })
                {
                    Assert.Equal(10, ranked.Length);
                    Assert.All(Enumerable.Range(1, 10), length => Assert.All(shares, share => Assert.True(
                        ranked.Take(length)
                            .Count(row => row.Group == share.Key) >= Math.Floor((share.Value * length) + 1e-9),
                        $"the first {length} have too few of {share.Key}")));
                }
            });
}
