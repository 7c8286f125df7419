using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Matching.Market;
using Cpf.Ml.Scoring.Matching.Query;
using Cpf.Ml.Scoring.Platform;

namespace Cpf.Ml.Scoring.Tests.Matching;

public sealed class CertificationMarketTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cpf-ml-");

    [Fact]
    public void Prices_supply_and_success_are_of_the_twelve_months_before_the_day()
    {
        var market = Read()["RNCP101"];
        Assert.Equal(
            (100, new PriceQuartiles(1000, 1000, 1250), 100.0, 100.0),
            (market.Dossiers, market.Price, market.Hours, market.Remaining));
        Assert.Equal((2, 0.5, 2), (market.Offers, market.RemoteShare, market.Organisations));
        Assert.Equal([("52", 1), ("53", 1)], market.Regions.Select(region => (region.Key, region.Value)));
        Assert.Equal((80, 0.8), (market.Presented, market.Success));
    }

    [Fact]
    public void Figures_of_fewer_than_ten_dossiers_are_suppressed()
    {
        var few = Read()["RNCP103"];
        Assert.Equal((null, null, null, null, null), (few.Dossiers, few.Price, few.Hours, few.Remaining, few.Success));
        Assert.Equal(1, few.Organisations);
        Assert.Equal(["94"], few.Regions.Keys);
        Assert.False(Read().ContainsKey("RNCP104")); // neither on sale nor ordered
    }

    [Fact]
    public void Price_far_above_peers_of_the_same_job_is_marked_and_never_with_few_peers()
    {
        var market = Read()["RNCP101"];
        CertificationMarket At(double price) => market with { Price = new(price, price, price) };
        CertificationMarket[] peers = [At(1000), At(1100), At(1200), At(1300), At(1400)];
        Assert.False(At(1600).IsDear(peers)); // 1 300 + 1.5 × (1 300 − 1 100)
        Assert.True(At(1601).IsDear(peers));
        Assert.False(At(9000).IsDear(peers.Take(4)));
    }

    [Fact]
    public void Search_is_filtered_and_ordered_by_market_and_unknown_figures_come_last()
    {
        var catalogue = MatchingSample.Catalogue();
        Recommendations Ask(RecommendationQuery query) =>
            Recommendations.Find(catalogue, new(catalogue), query, Read());
        IEnumerable<string> Ids(Recommendations found) =>
            found.All.Select(recommendation => recommendation.Fiche.Fiche.Id);
        const string theme = "transition écologique";

        var all = Ask(new(theme, [], Order: RecommendationOrder.Price));
        Assert.Equal(["RNCP101", "RNCP103", "RNCP104", "RS201"], Ids(all));
        Assert.Equal([("52", 1), ("53", 1), ("94", 1)], all.Regions.Select(region => (region.Key, region.Value)));
        Assert.Equal(1, all.Remote);
        Assert.Equal(["RNCP103"], Ids(Ask(new(theme, [], Region: "94"))));
        Assert.Equal(["RNCP101"], Ids(Ask(new(theme, [], IsRemote: true))));
        Assert.Equal(["RNCP101"], Ids(Ask(new(theme, [], MaxPrice: 1000))));
        Assert.Empty(Ids(Ask(new(theme, [], MaxPrice: 999))));
        Assert.Equal(
            [("52", 1), ("53", 1), ("94", 1)],
            Ask(new(theme, [], Region: "94")).Regions.Select(region => (region.Key, region.Value)));
        Assert.Equal("RNCP101", Ids(Ask(new(theme, [], Order: RecommendationOrder.Success))).First());
    }

    [Theory]
    [InlineData("2A", "Corse")]
    [InlineData("971", "Guadeloupe")]
    [InlineData("75", "Île-de-France")]
    [InlineData("99", null)]
    public void Departments_are_of_one_region(string department, string? region) =>
        Assert.Equal(region, Region.FindByDepartment(department)?.Name);

    public void Dispose() => _folder.Delete(recursive: true);

    private System.Collections.Immutable.ImmutableDictionary<string, CertificationMarket> Read()
    {
        MarketSample.Write(_folder.FullName);
        using var data = PlatformData.Open(_folder.FullName);
        return CertificationMarket.Read(data, MarketSample.Day);
    }
}
