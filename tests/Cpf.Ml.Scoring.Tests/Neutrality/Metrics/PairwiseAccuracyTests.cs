using Cpf.Ml.Scoring.Neutrality.Metrics;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Metrics;

public sealed class PairwiseAccuracyTests
{
    private static readonly Gen<(bool Group, bool IsClicked)[]> Rankings =
        Gen.Select(Gen.Bool, Gen.Bool).Array[1, 25];

    [Fact]
    public void Clicked_offer_between_two_that_were_not_is_right_once_of_two() => Assert.Equal(
        (1, 2, 0.5),
        PairwiseAccuracy.Count([('a', false), ('a', true), ('b', false)], 'a') is var accuracy
            ? (accuracy.Right, accuracy.Pairs, accuracy.Share)
            : default);

    [Fact]
    public void Share_of_right_pairs_is_the_rank_sum_statistic() => Rankings.Sample(ranked =>
    {
        // Mann and Whitney: from the sum of the ranks of clicked offers, counted from the last position.
        var all = ranked.Select(shown => (Group: 0, shown.IsClicked)).ToArray();
        var clicked = all.Count(shown => shown.IsClicked);
        var ranks = all.Reverse().Index().Where(shown => shown.Item.IsClicked).Sum(shown => shown.Index + 1);
        var accuracy = PairwiseAccuracy.Count(all, 0);
        Assert.Equal(ranks - (clicked * (clicked + 1) / 2), accuracy.Right);
        Assert.Equal(clicked * (all.Length - clicked), accuracy.Pairs);
    });

    [Fact]
    public void Pairs_within_and_across_groups_are_all_pairs() => Rankings.Sample(ranked =>
    {
        var within = PairwiseAccuracy.Count(ranked, true, other => other);
        var across = PairwiseAccuracy.Count(ranked, true, other => !other);
        Assert.Equal(PairwiseAccuracy.Count(ranked, true), within + across);
    });

    [Fact]
    public void Reversed_ranking_is_right_where_the_ranking_was_wrong() => Rankings.Sample(ranked =>
    {
        var (forward, backward) = (
            PairwiseAccuracy.Count(ranked, false), PairwiseAccuracy.Count([.. ranked.Reverse()], false));
        Assert.Equal(forward.Pairs, backward.Pairs);
        Assert.Equal(forward.Pairs, forward.Right + backward.Right);
    });

    [Fact]
    public void Mixed_pairs_are_those_in_which_the_whole_group_counts_as_clicked() =>
        Gen.Bool.Array[1, 25].Sample(groups => Assert.Equal(
            PairwiseAccuracy.Count([.. groups.Select(group => (group, group))], true),
            PairwiseAccuracy.CountMixed(groups, true)));

    [Fact]
    public void Without_clicks_there_is_no_pair_and_no_share()
    {
        var accuracy = PairwiseAccuracy.Count([('a', false), ('b', false)], 'a');
        Assert.Equal(0, accuracy.Pairs);
        Assert.Equal(double.NaN, accuracy.Share);
    }
}
