using System.Globalization;
using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Logs;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Audit;

public sealed class AnswerQualityTests
{
    [Fact]
    public void Region_with_half_the_offers_is_reported_once_with_its_deficit()
    {
        var lines = NeutralityAudit.Run(Log("region=11", "region=04"), new AuditSettings())
            .Where(line => line.Dimension.StartsWith("answers-", StringComparison.Ordinal)).ToList();
        Assert.All(lines, line => Assert.Equal("overseas", line.Group));
        var offers = lines.Single(line => line.Dimension == "answers-offers");
        Assert.Equal(NeutralityVerdict.Biased, offers.Verdict);
        Assert.Equal(-0.5, offers.Effect, 1e-9);
        Assert.Equal(12, offers.Questions);
        Assert.All(offers.Examples, example => Assert.Equal("region=04", example.Filters));
        Assert.Equal(NeutralityVerdict.Neutral, lines.Single(line => line.Dimension == "answers-remote").Verdict);
    }

    [Fact]
    public void Missing_regions_in_the_filters_are_reported()
    {
        var line = NeutralityAudit.Run(Log("", "here"), new AuditSettings())
            .Single(line => line.Dimension.StartsWith("answers-", StringComparison.Ordinal));
        Assert.Equal(NeutralityVerdict.Inconclusive, line.Verdict);
        Assert.Contains("region=11", line.Reason!.Value.Fr, StringComparison.Ordinal);
    }

    /// <summary>
    /// Twelve queries in two places, of four offers in the one and of two in the other; half of them remote, all as
    /// relevant.
    /// </summary>
    private static SearchLog Log(string full, string half)
    {
        var pairs = Enumerable.Range(0, 12).SelectMany(
            i => new[] { (Query: i, Filters: full, Offers: 4), (Query: i, Filters: half, Offers: 2) }).Index().ToList();
        return SearchLogSample.Read(
            pairs.Select(pair => string.Create(CultureInfo.InvariantCulture, $"s{pair.Index},2026-06-01 "
                + $"10:00:00,anglais {pair.Item.Query},{pair.Item.Filters},,region,R{pair.Item.Query}")),
            pairs.SelectMany(
                pair => Enumerable.Range(1, pair.Item.Offers)
                    .Select(rank => string.Create(CultureInfo.InvariantCulture, $"s{pair.Index},o{rank},{rank},1,"))),
            Enumerable.Range(1, 4).Select(
                i => string.Create(CultureInfo.InvariantCulture, $"o{i},g{i},{(i % 2 == 0 ? "remote" : "onsite")},")),
            Enumerable.Range(1, 4).Select(i => string.Create(CultureInfo.InvariantCulture, $"g{i},small")));
    }
}
