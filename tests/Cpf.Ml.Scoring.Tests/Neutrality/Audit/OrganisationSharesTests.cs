using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Logs;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Audit;

public sealed class OrganisationSharesTests
{
    [Fact]
    public void Shares_of_exposure_offers_and_purchases_are_of_the_most_exposed_organisation()
    {
        static ShownOffer Bought(int offer) => new(offer, 1, 1, true) { IsPurchased = true };
        var shares = OrganisationShares.Compute(SearchLogSample.InMemory(
            [Unit(0, 3), Unit(1, 0.5), Unit(2, 0.5)],
            organisations: 3,
            [new("s", 0, default, null, null, null, [Bought(0), Bought(0), Bought(0), Bought(1)])]));
        Assert.Equal(("o0", 0.75, 1.0 / 3), (shares.Largest, shares.LargestShare, shares.OfferShare));
        Assert.Equal((4, 0.75), (shares.Purchases, shares.LargestPurchaseShare));

        // Shares of purchases ¾, ¼ and 0: (9/16 + 1/16 − 1/3) / (2/3).
        Assert.Equal(((10.0 / 16) - (1.0 / 3)) * 1.5, shares.PurchaseHerfindahl, 12);
    }

    [Fact]
    public void One_organisation_alone_shares_with_nobody()
    {
        var shares = OrganisationShares.Compute(SearchLogSample.InMemory([Unit(0, 3)], organisations: 1));
        Assert.Equal((1, double.NaN, ""), (shares.Organisations, shares.Gini, shares.Largest));
    }

    [Fact]
    public void Without_purchases_their_shares_are_not_known()
    {
        var shares = OrganisationShares.Compute(SearchLogSample.InMemory([Unit(0, 1), Unit(1, 1)], organisations: 2));
        Assert.Equal((0, 0), (shares.Gini, shares.Purchases));
        Assert.Equal((double.NaN, double.NaN), (shares.PurchaseHerfindahl, shares.LargestPurchaseShare));
    }

    private static ExposureUnit Unit(int offer, double exposure) => new(0, -1, 1, offer, 1, exposure, 1, 0);
}
