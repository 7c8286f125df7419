using System.Collections.Immutable;
using Cpf.Ml.Scoring.Neutrality.Clicks;

namespace Cpf.Ml.Scoring.Tests.Neutrality;

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
            for (var place = 0; place < 6; place++)
            {
                if (random.NextDouble() < attraction[shown[place]])
                {
                    clicked = place;
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
        Assert.All(attraction.Zip(model.Attraction), one => Assert.Equal(one.First, one.Second, 0.01));
    }

    [Fact]
    public void Unambiguous_clicks_equal_their_counts()
    {
        // Everybody opens the first or, having passed it, the second.
        ImmutableArray<CascadeSession> sessions = [.. Enumerable.Range(0, 10)
            .Select(i => new CascadeSession([0, 1], i < 3 ? 0 : 1))];
        var model = CascadeModel.Fit(sessions, 3);
        Assert.Equal([0.3, 1, 0], model.Attraction.Select(one => Math.Round(one, 6)));
        Assert.Equal(1, model.Continuation, 6);
    }
}
