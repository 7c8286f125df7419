using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Logs;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Audit;

public sealed class AuditDimensionTests
{
    private static readonly LoggedOffer Offer = new("o", 0, null, null, null, null, null, null, null, null);
    private static readonly LoggedOrganisation Organisation = new("g", null, null, null);
    private static readonly DateOnly LastDay = new(2026, 6, 30);

    [Theory]
    [InlineData(0, "cheap")]
    [InlineData(799.99, "cheap")]
    [InlineData(800, "middle")]
    [InlineData(1800, "middle")]
    [InlineData(1800.01, "dear")]
    public void Price_bands_end_below_800_and_at_1800_euros(double price, string group) =>
        Assert.Equal(group, GroupOf("price", Offer with { Price = price }, Organisation));

    [Theory]
    [InlineData("2026-06-30", "new")]
    [InlineData("2026-01-01", "new")]
    [InlineData("2025-12-31", "recent")]
    [InlineData("2025-07-01", "recent")]
    [InlineData("2025-06-30", "settled")]
    public void Entrants_are_new_for_six_months_and_recent_for_twelve(string enteredOn, string group) => Assert.Equal(
        group,
        GroupOf("entrants", Offer, Organisation with
        {
            EnteredOn = DateOnly.Parse(enteredOn, System.Globalization.CultureInfo.InvariantCulture),
        }));

    [Theory]
    [InlineData("04", "overseas")]
    [InlineData("11", "mainland")]
    [InlineData(null, null)]
    public void Region_is_overseas_or_mainland_or_not_known(string? region, string? group) =>
        Assert.Equal(group, GroupOf("overseas", Offer with { Region = region }, Organisation));

    [Fact]
    public void Offer_is_of_a_size_and_modality_when_both_are_known()
    {
        var dimension = AuditDimension.Named("size-modality");
        var group = GroupOf("size-modality", Offer with { Modality = "remote" }, Organisation with { Size = "micro" });
        Assert.Equal("very small, at a distance", dimension.WordsOf(group!).En);
        Assert.Null(GroupOf("size-modality", Offer with { Modality = "remote" }, Organisation));
    }

    [Fact]
    public void Without_a_value_an_offer_is_of_no_group_of_any_dimension() => Assert.All(
        AuditDimension.All, dimension => Assert.Null(dimension.GroupOf(new(Offer, Organisation, LastDay))));

    [Fact]
    public void Unknown_dimension_is_refused_with_those_there_are()
    {
        var error = Assert.Throws<ArgumentException>(() => AuditDimension.Named("beauty"));
        Assert.Contains("No dimension beauty: size, kind, entrants,", error.Message, StringComparison.Ordinal);
    }

    private static string? GroupOf(string dimension, LoggedOffer offer, LoggedOrganisation organisation) =>
        AuditDimension.Named(dimension).GroupOf(new(offer, organisation, LastDay));
}
