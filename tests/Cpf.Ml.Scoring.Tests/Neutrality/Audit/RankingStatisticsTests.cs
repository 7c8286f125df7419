using System.Globalization;
using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Logs;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Audit;

public sealed class RankingStatisticsTests
{
    private static readonly double Second = 1 / Math.Log2(3);

    [Fact]
    public void Equals_in_turn_have_no_loss_and_fixed_equals_their_squared_deficit()
    {
        var fair = RankingStatistics.Compute(Log("ab", "ba"));
        Assert.Equal(0, fair.Loss, 1e-12);
        Assert.Equal(0, fair.Attention, 1e-12);
        var stuck = RankingStatistics.Compute(Log("ab", "ab"));
        Assert.Equal(2 * Math.Pow((1 - Second) / 2, 2), stuck.Loss, 1e-12);
        Assert.Equal(1 + (Second * Second), stuck.Disparity, 1e-12);
        Assert.Equal((1 - Second) / (1 + Second), stuck.Attention, 1e-12);
        Assert.Equal(stuck.Disparity - (2 * stuck.Relevance) + (2 * Math.Pow((1 + Second) / 2, 2)), stuck.Loss, 1e-12);
    }

    [Fact]
    public void Log_without_relevance_has_no_ranking_statistics() =>
        Assert.Equal(
            0,
            RankingStatistics.Compute(
                SearchLogSample.Read(
                    ["s0,2026-06-01 10:00:00,q,,,,"], ["s0,a,1,,"], ["a,o,,"], ["o,small"])).Questions);

    [Fact]
    public void Clicked_offers_of_a_group_that_stand_below_others_show_across_and_not_within()
    {
        // The clicked small offer b stands above the small d and below the large A and C.
        var log = SearchLogSample.Read(
            ["s0,2026-06-01 10:00:00,q,,,,"],
            ["s0,A,1,1,", "s0,C,2,1,", "s0,b,3,1,true", "s0,d,4,1,"],
            ["A,oA,,", "b,ob,,", "C,oA,,", "d,ob,,"],
            ["oA,large", "ob,small"]);
        var small = DescriptiveStatistics.Compute(log)
            .Single(described => described.Dimension == "size").Groups.Single(group => group.Group == "small");
        Assert.Equal(1, small.Within);
        Assert.Equal(0, small.Across);
    }

    private static SearchLog Log(params string[] orders) => SearchLogSample.Read(
        orders.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"s{i},2026-06-01 10:00:00,q,,,,")),
        orders.SelectMany(
            (order, i) => order.Select(
                (offer, rank) => string.Create(CultureInfo.InvariantCulture, $"s{i},{offer},{rank + 1},1,"))),
        ["a,oa,,", "b,ob,,"],
        ["oa,small", "ob,large"]);
}
