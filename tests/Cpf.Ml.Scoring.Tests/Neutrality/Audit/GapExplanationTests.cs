using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Logs;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Audit;

public sealed class GapExplanationTests
{
    private const int Offers = 12;

    /// <summary>Of the first half of the offers, else of the second.</summary>
    private static readonly int[] GroupOf = [.. Enumerable.Range(0, Offers).Select(i => i < Offers / 2 ? 1 : 0)];

    [Fact]
    public void Gap_that_comes_from_popularity_alone_is_explained_by_it_wholly()
    {
        // Exposure goes with popularity, which the group has less of.
        var explanation = Explain(
            (group, popularity) => Math.Exp(popularity), (group, random) => random.NextDouble() - (0.5 * group))!;
        Assert.Equal(1, explanation.Share, 6);
        Assert.Equal(0, explanation.Left, 6);
        Assert.InRange(1, explanation.Low, explanation.High);
    }

    [Fact]
    public void Gap_that_has_nothing_to_do_with_popularity_is_not_explained() => Assert.Null(
        Explain((group, popularity) => Math.Exp(-group), (group, random) => random.NextDouble()));

    [Fact]
    public void Gap_that_comes_half_from_popularity_leaves_the_other_half()
    {
        // The group's popularity is 0.5 lower for sure, and 0.5 of the gap is its own.
        var explanation = Explain(
            (group, popularity) => Math.Exp(popularity - (0.5 * group)),
            (group, random) => random.NextDouble() - (0.5 * group))!;
        Assert.Equal(0.5, explanation.Share, 0.1);
        Assert.Equal(Math.Exp(-0.5) - 1, explanation.Left, 6);
    }

    private static GapExplanation? Explain(
        Func<int, double, double> exposure, Func<int, Random, double> draw)
    {
        var random = new Random(11);
        double[] popularity = [.. GroupOf.Select(group => draw(group, random))];
        var log = SearchLogSample.InMemory(
            [.. Enumerable.Range(0, 40).SelectMany(question => Enumerable.Range(0, Offers)
                .Where(offer => (offer + question) % 3 > 0)
                .Select(offer => new ExposureUnit(
                    question, -1, 1, offer, 1, exposure(GroupOf[offer], popularity[offer]), 1, 0)))],
            Offers);
        return GapExplanation.Estimate(
            ExposureStrata.Build(log), GroupOf, "popularity", new("", ""), (offer, _) => popularity[offer]);
    }
}
