using Cpf.Ml.Scoring.Neutrality.Correction;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Correction;

public sealed class DeterministicRankingTests
{
    private static readonly Dictionary<char, double> Halves = new() { ['a'] = 0.5, ['b'] = 0.5 };

    private static readonly Gen<Dictionary<char, IReadOnlyList<double>>> Scores = Gen.Select(
        Gen.Double[0, 1].Array[8], Gen.Double[0, 1].Array[8]).Select((a, b) =>
            new Dictionary<char, IReadOnlyList<double>>
            {
                ['a'] = [.. a.OrderDescending()],
                ['b'] = [.. b.OrderDescending()],
            });

    [Fact]
    public void Group_that_scores_lower_throughout_stands_at_every_second_position()
    {
        Dictionary<char, IReadOnlyList<double>> scores = new() { ['a'] = [9, 8, 7, 6], ['b'] = [5, 4, 3, 2] };
        Assert.Equal("ababab", Order(DeterministicRanking.Greedy(scores, Halves, 6)));
        Assert.Equal("ababab", Order(DeterministicRanking.ConstrainedSort(scores, Halves, 6)));
    }

    [Fact]
    public void No_group_has_more_than_its_share_rounded_up_while_the_other_has_offers_left() =>
        Scores.Sample(scores =>
        {
            foreach (var ranked in new[]
            {
                DeterministicRanking.Greedy(scores, Halves, 10),
                DeterministicRanking.Conservative(scores, Halves, 10),
                DeterministicRanking.Relaxed(scores, Halves, 10),
            })
            {
                Assert.All(Enumerable.Range(1, 10), length => Assert.InRange(
                    ranked.Take(length).Count(offer => offer.Group == 'a'), length / 2, (length + 1) / 2));
            }
        });

    [Fact]
    public void Greedy_takes_the_better_of_two_groups_that_may_both_have_one_more() => Scores.Sample(scores =>
        Assert.Equal(
            scores['a'][0] >= scores['b'][0] ? 'a' : 'b', DeterministicRanking.Greedy(scores, Halves, 1)[0].Group));

    [Fact]
    public void Scores_of_a_group_fall_from_position_to_position() => Scores.Sample(scores =>
    {
        foreach (var ranked in new[]
        {
            DeterministicRanking.Greedy(scores, Halves, 16),
            DeterministicRanking.ConstrainedSort(scores, Halves, 16),
        })
        {
            Assert.Equal(16, ranked.Length);
            Assert.All(ranked.ToLookup(offer => offer.Group, offer => offer.Score), group =>
                Assert.Equal(scores[group.Key], group));
        }
    });

    [Fact]
    public void Group_that_has_run_out_leaves_its_positions_to_the_other()
    {
        Dictionary<char, IReadOnlyList<double>> scores = new() { ['a'] = [0.1], ['b'] = [0.9, 0.8, 0.7, 0.6] };
        Assert.Equal("babbb", Order(DeterministicRanking.Greedy(scores, Halves, 10)));
        Assert.Equal("babbb", Order(DeterministicRanking.Conservative(scores, Halves, 10)));
    }

    [Fact]
    public void Constrained_sort_lets_scores_decide_as_far_as_the_minimums_of_others_allow()
    {
        // Both have a minimum of one at the second position: the better b may go first.
        Dictionary<char, IReadOnlyList<double>> scores = new() { ['a'] = [0.2, 0.1], ['b'] = [0.9, 0.8] };
        Assert.Equal("baba", Order(DeterministicRanking.ConstrainedSort(scores, Halves, 4)));
    }

    private static string Order(IEnumerable<(char Group, double)> ranked) =>
        string.Concat(ranked.Select(offer => offer.Group));
}
