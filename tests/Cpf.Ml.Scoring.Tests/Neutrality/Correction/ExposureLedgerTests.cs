using System.Collections.Immutable;
using Cpf.Ml.Scoring.Neutrality.Correction;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Correction;

public sealed class ExposureLedgerTests
{
    private static readonly ImmutableArray<string> Small = ["size=small"];
    private static readonly ImmutableArray<string> Large = ["size=large"];

    [Fact]
    public void Exposure_owed_by_the_first_request_raises_the_multiplier_by_a_fifth_of_the_range_an_offer()
    {
        var ledger = new ExposureLedger();
        ledger.Record([(Small, 0.5, 1), (Small, 0.5, 0.7), (Large, 2, 1.3)], range: 4, loss: 0);

        // 0.2 · 4 · (1.7 − 1) / 2 offers, and 0.2 · 4 · (1.3 − 2) / 1.
        Assert.Equal(0.28, ledger.Groups["size=small"].Multiplier, 12);
        Assert.Equal(-0.56, ledger.Groups["size=large"].Multiplier, 12);
        Assert.Equal(1 / 1.7, ledger.Groups["size=small"].Ratio, 12);
    }

    [Fact]
    public void Steps_are_half_as_large_after_three_hundred_requests()
    {
        var ledger = new ExposureLedger();
        for (var request = 0; request < 300; request++)
        {
            ledger.Record([(Large, 1, 1)], range: 1, loss: 0);
        }

        ledger.Record([(Small, 0, 1)], range: 1, loss: 0);
        Assert.Equal(0.2 / Math.Sqrt(1 + (300 / 100.0)), ledger.Groups["size=small"].Multiplier, 12);
    }

    [Fact]
    public void Boost_of_an_offer_is_the_sum_over_its_groups()
    {
        var ledger = new ExposureLedger();
        ledger.Record([(["size=small", "modality=remote"], 0, 1), (Large, 1, 1)], range: 1, loss: 0);
        Assert.Equal(0.4, ledger.BoostOf(["size=small", "modality=remote"]), 12);
        Assert.Equal(0.2, ledger.BoostOf(["size=small", "size=large", "region=11"]), 12);
        Assert.Equal(0, ledger.BoostOf([]));
    }

    [Fact]
    public void Mean_loss_is_over_all_requests_and_0_before_the_first()
    {
        var ledger = new ExposureLedger();
        Assert.Equal((0, 0), (ledger.Requests, ledger.MeanLoss));
        ledger.Record([], 1, 0.03);
        ledger.Record([], 1, -0.01);
        Assert.Equal((2, 0.01), (ledger.Requests, Math.Round(ledger.MeanLoss, 12)));
    }

    [Fact]
    public void Groups_that_get_what_they_deserve_keep_their_multipliers() =>
        Gen.Double[0, 2].Array[1, 20].Sample(exposures =>
        {
            var ledger = new ExposureLedger();
            ledger.Record([.. exposures.Select(exposure => (Small, exposure, exposure))], 1, 0);
            Assert.Equal(0, ledger.Groups["size=small"].Multiplier);
        });

    [Fact]
    public void Offers_of_a_request_count_in_any_order() =>
        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1], Gen.Bool).Array[1, 12].Sample(offers =>
        {
            ExposureLedger Ledger(IEnumerable<(double Exposure, double Deserved, bool IsSmall)> request)
            {
                var ledger = new ExposureLedger();
                ledger.Record(
                    [.. request.Select(offer => (offer.IsSmall ? Small : Large, offer.Exposure, offer.Deserved))],
                    range: 1,
                    loss: 0);
                return ledger;
            }

            Assert.All(Ledger(offers).Groups, group => Assert.Equal(
                group.Value.Multiplier, Ledger(offers.Reverse()).Groups[group.Key].Multiplier, 1e-12));
        });
}
