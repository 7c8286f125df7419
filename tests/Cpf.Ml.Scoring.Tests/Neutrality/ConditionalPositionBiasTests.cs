using Cpf.Ml.Scoring.Neutrality.Clicks;

namespace Cpf.Ml.Scoring.Tests.Neutrality;

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
        Assert.Equal(Theta, fitted.Select(one => Math.Round(one.Theta, 9)));
        Assert.All(fitted, one => Assert.InRange(Theta[one.Rank - 1], one.Low - 1e-9, one.High + 1e-9));
    }

    [Fact]
    public void A_position_that_no_offer_links_to_the_first_is_not_known()
    {
        var fitted = ConditionalPositionBias.Fit(
            [(0, [(1, 100, 10), (2, 100, 5)]), (1, [(2, 50, 4), (1, 50, 9)]), (2, [(3, 100, 10), (4, 100, 5)])]);
        Assert.Equal([true, true, false, false], fitted.Select(one => double.IsFinite(one.Theta)));
        Assert.Equal((100, 10), (fitted[2].Impressions, fitted[2].Clicks));
    }

    [Fact]
    public void A_position_that_nobody_clicked_at_is_not_known_and_takes_nothing_from_the_others()
    {
        var fitted = ConditionalPositionBias.Fit(
            [(0, [(1, 100, 10), (2, 100, 5), (3, 100, 0)]), (1, [(1, 50, 8), (2, 50, 4), (3, 50, 0)])]);
        Assert.Equal([true, true, false], fitted.Select(one => double.IsFinite(one.Theta)));
        Assert.Equal(0.5, fitted[1].Theta, 1e-6);
    }

    [Fact]
    public void A_known_propensity_is_contradicted_beyond_what_chance_explains_of_all_positions_together()
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
            ConditionalPositionBias.Fit([(0, [(1, 100, 0), (2, 100, 0)])]).Select(one => double.IsFinite(one.Theta)));
    }
}
