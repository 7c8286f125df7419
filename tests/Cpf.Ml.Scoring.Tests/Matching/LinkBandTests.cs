using Cpf.Ml.Scoring.Matching;

namespace Cpf.Ml.Scoring.Tests.Matching;

public sealed class LinkBandTests
{
    private static readonly LinkBand Band = new(
        LinkTier.Graph, Include: 0.9, Exclude: 0.2, Links: 100, Pairs: 1_000, CalibrationError: 0.01);

    [Theory]
    [InlineData(1, LinkVerdict.Include)]
    [InlineData(0.9, LinkVerdict.Include)]
    [InlineData(0.899, LinkVerdict.Review)]
    [InlineData(0.2, LinkVerdict.Review)]
    [InlineData(0.199, LinkVerdict.Exclude)]
    [InlineData(0, LinkVerdict.Exclude)]
    public void Probability_from_include_on_is_included_and_below_exclude_is_excluded(
        double probability, LinkVerdict verdict) => Assert.Equal(verdict, Band.VerdictOf(probability));

    [Fact]
    public void Tier_without_an_include_threshold_includes_nothing() =>
        Assert.Equal(LinkVerdict.Review, (Band with { Include = double.PositiveInfinity }).VerdictOf(1));
}
