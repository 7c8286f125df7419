using System.Collections.Immutable;
using Cpf.Ml.Scoring.Neutrality.Clicks;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Clicks;

public sealed class CascadeModelTests
{
    [Fact]
    public void Cascade_parameters_are_recovered_from_simulated_clicks()
    {
        var (random, attraction, sessions) = (
            new Random(2), new[] { 0.4, 0.2, 0.1, 0.3, 0.05, 0.15 }, new List<CascadeSession>());
        for (var i = 0; i < 60_000; i++)
        {
            var shown = Enumerable.Range(0, 6).ToArray();
            random.Shuffle(shown);
            var clicked = -1;
            for (var index = 0; index < 6; index++)
            {
                if (random.NextDouble() < attraction[shown[index]])
                {
                    clicked = index;
                    break;
                }

                if (random.NextDouble() >= 0.8)
                {
                    break;
                }
            }

            sessions.Add(new([.. shown], clicked));
        }

        var model = CascadeModel.Fit(sessions, 6);
        Assert.Equal(0.8, model.Continuation, 0.01);
        Assert.All(attraction.Zip(model.Attraction), pair => Assert.Equal(pair.First, pair.Second, 0.01));
    }

    [Fact]
    public void Unambiguous_clicks_equal_their_counts()
    {
        // Everybody opens the first or, having passed it, the second.
        ImmutableArray<CascadeSession> sessions = [.. Enumerable.Range(0, 10)
            .Select(i => new CascadeSession([0, 1], i < 3 ? 0 : 1))];
        var model = CascadeModel.Fit(sessions, 3);
        Assert.Equal([0.3, 1, 0], model.Attraction.Select(value => Math.Round(value, 6)));
        Assert.Equal(1, model.Continuation, 6);
    }

    [Fact]
    public void Searches_of_one_offer_are_opened_as_often_as_their_click_rate()
    {
        ImmutableArray<CascadeSession> sessions =
            [.. Enumerable.Range(0, 20).Select(i => new CascadeSession([i % 2], i % 2 == 0 && i < 10 ? 0 : -1))];
        var model = CascadeModel.Fit(sessions, 2);
        Assert.Equal((0.5, 0), (Math.Round(model.Attraction[0], 6), model.Attraction[1]));
    }

    [Fact]
    public void Order_of_the_searches_and_numbers_of_the_offers_do_not_matter()
    {
        var random = new Random(4);
        List<CascadeSession> sessions = [.. Enumerable.Range(0, 300).Select(_ =>
        {
            int[] shown = [0, 1, 2];
            random.Shuffle(shown);
            return new CascadeSession([.. shown], random.Next(-1, 3));
        })];
        var model = CascadeModel.Fit(sessions, 3);
        List<CascadeSession> renumbered = [.. Enumerable.Reverse(sessions).Select(
            session => session with { Offers = [.. session.Offers.Select(offer => 2 - offer)] })];
        var other = CascadeModel.Fit(renumbered, 3);
        Assert.Equal(model.Continuation, other.Continuation, 1e-6);
        Assert.All(
            model.Attraction.Zip(other.Attraction.Reverse()), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void Readers_who_open_only_the_first_position_do_not_go_on()
    {
        // Whoever did not open the first of two equally attractive offers has opened nothing.
        ImmutableArray<CascadeSession> sessions =
            [.. Enumerable.Range(0, 400).Select(
                i => new CascadeSession(i % 2 == 0 ? [0, 1] : [1, 0], i % 4 < 2 ? 0 : -1))];
        Assert.Equal(0, CascadeModel.Fit(sessions, 2).Continuation, 1e-3);
    }

    [Fact]
    public void Log_without_a_click_says_nothing_of_how_people_read()
    {
        var log = SearchLogSample.InMemory(
            [], organisations: 1, [new("s0", 0, default, null, null, null, [new(0, 1, 1, false)])]);
        Assert.Null(CascadeModel.Fit(log));
        Assert.Equal(1, CascadeModel.Fit(log with
        {
            Searches = [new("s0", 0, default, null, null, null, [new(0, 1, 1, true)])],
        })!.Attraction[0], 6);
    }
}
