using Cpf.Ml.Scoring.Neutrality.Clicks;
using Cpf.Ml.Scoring.Neutrality.Logs;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Clicks;

public sealed class ConditionalPositionBiasTests
{
    private static readonly double[] Theta = [1, 0.8, 0.6, 0.4];

    [Fact]
    public void Clicks_that_follow_the_model_exactly_give_its_positions()
    {
        // Offers of different relevance, each seen at two neighbouring positions and never equally often.
        var items = Enumerable.Range(0, 12).Select(
            i => (
                i,
                new[] { 0, 1 }.Select(j => (Rank: 1 + (i % 3) + j, N: 100.0 * (1 + i + (7 * j)))).Select(
                    cell => (
                        cell.Rank, cell.N, cell.N * Theta[cell.Rank - 1] * (0.1 + (0.05 * i)))).ToArray())).ToList();
        var fitted = ConditionalPositionBias.Fit(items);
        Assert.Equal(Theta, fitted.Select(position => Math.Round(position.Theta, 9)));
        Assert.All(
            fitted, position => Assert.InRange(Theta[position.Rank - 1], position.Low - 1e-9, position.High + 1e-9));
    }

    [Fact]
    public void Position_without_a_link_to_the_first_is_unknown()
    {
        var fitted = ConditionalPositionBias.Fit(
            [(0, [(1, 100, 10), (2, 100, 5)]), (1, [(2, 50, 4), (1, 50, 9)]), (2, [(3, 100, 10), (4, 100, 5)])]);
        Assert.Equal([true, true, false, false], fitted.Select(position => double.IsFinite(position.Theta)));
        Assert.Equal((100, 10), (fitted[2].Impressions, fitted[2].Clicks));
    }

    [Fact]
    public void Position_without_clicks_is_unknown_and_leaves_the_others_as_they_are()
    {
        var fitted = ConditionalPositionBias.Fit(
            [(0, [(1, 100, 10), (2, 100, 5), (3, 100, 0)]), (1, [(1, 50, 8), (2, 50, 4), (3, 50, 0)])]);
        Assert.Equal([true, true, false], fitted.Select(position => double.IsFinite(position.Theta)));
        Assert.Equal(0.5, fitted[1].Theta, 1e-6);
    }

    [Fact]
    public void Known_propensity_is_contradicted_only_beyond_chance_over_all_positions()
    {
        var position = new PositionEstimate(4, 0.4, 0.4 / 1.2, 0.4 * 1.2, 1000, 100);
        Assert.False((position with { Known = 0.4 * 1.25 }).IsContradicted(16));
        Assert.True((position with { Known = 0.4 * 1.25 }).IsContradicted(1));
        Assert.True((position with { Known = 0.4 / 1.4 }).IsContradicted(16));
        Assert.False(position.IsContradicted(16));
        Assert.False(new PositionEstimate(1, 1, 1, 1, 1000, 100) { Known = 1 }.IsContradicted(16));
    }

    [Fact]
    public void Without_clicks_or_items_nothing_is_estimated()
    {
        Assert.Empty(ConditionalPositionBias.Fit([]));
        Assert.Equal(
            [true, false],
            ConditionalPositionBias.Fit([(0, [(1, 100, 0), (2, 100, 0)])])
                .Select(position => double.IsFinite(position.Theta)));
    }

    [Fact]
    public void Order_of_offers_and_scale_of_impressions_do_not_change_a_position()
    {
        var random = new Random(5);
        var items = Simulated(random, 30);
        var theta = ConditionalPositionBias.Fit(items).Select(position => position.Theta).ToList();
        Assert.All(
            ConditionalPositionBias.Fit([.. Enumerable.Reverse(items)]).Zip(theta),
            pair => Assert.Equal(pair.Second, pair.First.Theta, 1e-6));
        List<(int, (int, double, double)[])> twice =
            [.. items.Select(item => (item.Question, item.Cells.Select(
                cell => (cell.Rank, 2 * cell.N, cell.Clicks)).ToArray()))];
        Assert.All(
            ConditionalPositionBias.Fit(twice).Zip(theta),
            pair => Assert.Equal(pair.Second, pair.First.Theta, 1e-6));
    }

    [Fact]
    public void Four_times_the_questions_halve_the_interval()
    {
        var items = Simulated(new Random(6), 40);
        List<(int, (int, double, double)[])> all =
            [.. Enumerable.Range(0, 4).SelectMany(
                copy => items.Select(item => (item.Question + (1000 * copy), item.Cells)))];
        double Width(PositionEstimate position) => Math.Log(position.High / position.Low);
        var correction = Math.Sqrt(40.0 / 39 / (160.0 / 159));
        Assert.Equal(
            2 * correction,
            Width(ConditionalPositionBias.Fit(items)[2]) / Width(ConditionalPositionBias.Fit(all)[2]),
            6);
    }

    [Fact]
    public void Intervals_hold_the_truth_about_as_often_as_they_say()
    {
        var (held, all) = (0, 0);
        for (var trial = 0; trial < 150; trial++)
        {
            foreach (var position in ConditionalPositionBias.Fit(Simulated(new Random(trial), 60)).Skip(1))
            {
                held += position.Low <= Theta[position.Rank - 1] && Theta[position.Rank - 1] <= position.High ? 1 : 0;
                all++;
            }
        }

        // 450 intervals of 95 %: 427.5, with a standard deviation of 4.6.
        Assert.Equal(450, all);
        Assert.InRange(held, 405, 445);
    }

    [Fact]
    public void Propensities_of_the_log_are_averaged_by_position_and_set_against_the_first()
    {
        static ShownOffer Shown(int offer, int rank, bool isClicked, double propensity) =>
            new(offer, rank, 1, isClicked) { Propensity = propensity };
        var log = SearchLogSample.InMemory(
            [],
            organisations: 1,
            [
                new("s0", 0, default, null, null, null, [Shown(0, 1, true, 0.8), Shown(1, 2, false, 0.3)]),
                new("s1", 0, default, null, null, null, [Shown(1, 1, false, 0.8), Shown(0, 2, true, 0.5)]),
            ]);
        var positions = ConditionalPositionBias.Fit(log);
        Assert.Equal((1, 0.5), (positions[0].Known, positions[1].Known));
        Assert.Equal((2, 1), (positions[1].Impressions, positions[1].Clicks));
    }

    /// <summary>Offers of as many questions, each seen at two of four positions, with clicks by chance.</summary>
    private static List<(int Question, (int Rank, double N, double Clicks)[] Cells)> Simulated(
        Random random, int questions) =>
    [
        .. Enumerable.Range(0, questions).Select(question =>
        {
            var relevance = 0.1 + (0.4 * random.NextDouble());
            int[] ranks = [1, 2, 3, 4];
            random.Shuffle(ranks);
            return (question, ranks[..2].Select(rank =>
            {
                var impressions = random.Next(50, 150);
                var clicks = Enumerable.Range(0, impressions).Count(
                    _ => random.NextDouble() < Theta[rank - 1] * relevance);
                return (rank, (double)impressions, (double)clicks);
            }).ToArray());
        }),
    ];
}
