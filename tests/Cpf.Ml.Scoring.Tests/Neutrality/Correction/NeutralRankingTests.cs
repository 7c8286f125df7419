using System.Collections.Immutable;
using Cpf.Ml.Scoring.Neutrality.Correction;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Correction;

public sealed class NeutralRankingTests
{
    private static readonly Gen<List<RankedOffer>> Offers = Gen.Select(
        Gen.Int[0, 4], Gen.Int[0, 5], Gen.Bool).Array[0, 40].Select(drawn => drawn
            .Select(
                (row, i) => new RankedOffer(
                    $"{i}",
                    $"O{row.Item2}",
                    row.Item1 / 4.0,
                    row.Item1 / 4.0,
                    [row.Item3 ? "size=small" : "size=large"])).OrderByDescending(offer => offer.Score).ToList());

    private static readonly Gen<CorrectionGuards> Guards = Gen.Select(
        Gen.Int[0, 20], Gen.Int[0, 3], Gen.Int[1, 30], Gen.Enum<ExposureTarget>())
        .Select(
            (
                shown,
                cap,
                moves,
                target) => new CorrectionGuards { Shown = shown, Cap = cap, MaxMoves = moves, Target = target });

    [Fact]
    public void Every_order_holds_all_offers_moves_none_too_far_and_costs_no_more_than_the_guards_allow() =>
        Gen.Select(Offers, Guards).Sample((offers, guards) =>
        {
            var ledger = Owed();
            for (var request = 0; request < 3; request++)
            {
                var ranking = NeutralRanking.Rerank(offers, ledger, guards, $"day {request}");
                Assert.Equal(Enumerable.Range(0, offers.Count), ranking.Order.Order());
                Assert.All(
                    ranking.Order.Index(),
                    entry => Assert.InRange(entry.Index - entry.Item, -guards.MaxMoves, guards.MaxMoves));
                Assert.True(ranking.Loss <= guards.MaxLoss + 1e-12, $"{ranking.Loss}");
            }
        });

    [Fact]
    public void The_same_day_and_query_give_the_same_order_whoever_asks() =>
        Gen.Select(Offers, Guards).Sample((offers, guards) =>
            Assert.Equal(
                NeutralRanking.Rerank(offers, Owed(), guards, "2026-06-01 anglais").Order,
                NeutralRanking.Rerank(offers, Owed(), guards, "2026-06-01 anglais").Order));

    [Fact]
    public void By_relevance_the_score_of_the_engine_decides_nothing()
    {
        ImmutableArray<RankedOffer> offers = [
            new("a", "A", 0.9, 0.2, []),
            new("b", "B", 0.8, 0.6, []),
            new("c", "C", 0.7, 0.4, []),
        ];
        Assert.Equal(
            [1, 2, 0],
            NeutralRanking.Rerank(
                offers, new ExposureLedger(), new CorrectionGuards { ByRelevance = true }, "day").Order);
        Assert.Equal(
            [0, 1, 2], NeutralRanking.Rerank(offers, new ExposureLedger(), new CorrectionGuards(), "day").Order);
    }

    [Fact]
    public void Ranking_without_exposure_debt_is_unchanged()
    {
        ImmutableArray<RankedOffer> offers = [.. Enumerable.Range(0, 10)
            .Select(
                i => new RankedOffer(
                    $"{i}", $"O{i}", 1 - (i / 10.0), 1 - (i / 10.0), [i % 2 == 0 ? "size=small" : "size=large"]))];
        var ledger = new ExposureLedger();
        for (var request = 0; request < 20; request++)
        {
            Assert.Equal(
                Enumerable.Range(0, 10),
                NeutralRanking.Rerank(offers, ledger, new CorrectionGuards(), $"{request}").Order);
        }

        Assert.All(ledger.Groups.Values, group => Assert.Equal(1, group.Ratio, 12));
        Assert.Equal(0, ledger.MeanLoss);
    }

    [Fact]
    public void Group_scored_lower_gets_the_exposure_its_relevance_deserves_in_the_long_run()
    {
        var (random, ledger) = (new Random(4), new ExposureLedger());
        for (var request = 0; request < 600; request++)
        {
            var offers = Enumerable.Range(0, 20).Select(i => (Relevance: random.NextDouble(), IsSmall: i % 3 == 0))
                .OrderByDescending(row => row.Relevance - (row.IsSmall ? 0.2 : 0))
                .Select(
                    (row, i) => new RankedOffer(
                        $"{i}",
                        $"O{i}",
                        row.Relevance - (row.IsSmall ? 0.2 : 0),
                        row.Relevance,
                        [row.IsSmall ? "size=small" : "size=large"])).ToList();
            NeutralRanking.Rerank(offers, ledger, new CorrectionGuards { MaxMoves = 20, Shown = 10 }, $"{request}");
        }

        Assert.InRange(ledger.Groups["size=small"].Ratio, 0.95, 1.05);
        Assert.Equal(0.2, ledger.Groups["size=small"].Multiplier - ledger.Groups["size=large"].Multiplier, 0.03);
        Assert.True(ledger.MeanLoss < 0); // it gained
    }

    [Fact]
    public void Offers_beyond_the_cap_of_an_organisation_come_last()
    {
        ImmutableArray<RankedOffer> offers = [.. Enumerable.Range(0, 20)
            .Select(i => new RankedOffer($"{i}", i < 8 ? "flood" : $"O{i}", 1, 1, []))];
        var order = NeutralRanking.Rerank(
            offers, new(), new CorrectionGuards { Shown = 10, Cap = 1, MaxMoves = 20 }, "d").Order;
        Assert.Single(order.Take(13), index => index < 8);
        Assert.True(
            NeutralRanking.Rerank(
                offers, new(), new CorrectionGuards { Shown = 10, Cap = 1, MaxMoves = 20 }, "d").IsCapped);
    }

    [Fact]
    public void Neighbours_are_swapped_in_the_configured_share_of_answers()
    {
        ImmutableArray<RankedOffer> offers = [.. Enumerable.Range(0, 10)
            .Select(i => new RankedOffer($"{i}", $"O{i}", 1 - (i / 1000.0), 1 - (i / 1000.0), []))];
        var orders = Enumerable.Range(0, 2000).Select(
            day => NeutralRanking.Rerank(offers, new(), new CorrectionGuards { SwapShare = 0.1 }, $"{day}").Order)
            .ToList();
        Assert.InRange(orders.Count(order => !order.SequenceEqual(Enumerable.Range(0, 10))), 150, 250);
        Assert.All(orders, order => Assert.InRange(order.Index().Count(entry => entry.Index != entry.Item), 0, 2));
    }

    [Fact]
    public void Restored_ledger_continues_from_its_state()
    {
        var ledger = Owed();
        ledger.Record([(["size=small"], 0.5, 1), (["size=large"], 1.5, 1)], 1, 0.01);
        var again = ExposureLedger.Restore(ledger.State);
        Assert.Equal(ledger.State.Groups, again.State.Groups);
        Assert.Equal((ledger.Requests, ledger.MeanLoss), (again.Requests, again.MeanLoss));
        Assert.True(again.BoostOf(["size=small"]) > again.BoostOf(["size=large"]));
        Assert.Equal(0, again.BoostOf(["size=unknown"]));
    }

    private static ExposureLedger Owed()
    {
        var ledger = new ExposureLedger();
        ledger.Record([(["size=small"], 0, 1), (["size=large"], 1, 0)], 1, 0);
        return ledger;
    }
}
