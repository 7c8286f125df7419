using Cpf.Ml.Scoring.Neutrality.Correction;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Correction;

public sealed class CorrectionGuardsTests
{
    [Fact]
    public void Guards_out_of_their_range_are_reported_all_at_once()
    {
        var errors = new CorrectionGuards
        {
            Cap = -1,
            SwapShare = 1.5,
            Strength = double.NaN,
            MeanLoss = -0.1,
        }.Validate().ToList();
        Assert.Equal(4, errors.Count);
        Assert.Contains("0, -1 and 10", errors[0], StringComparison.Ordinal);
        Assert.Equal("SwapShare lies between 0 and 1, was 1.5.", errors[1]);
        Assert.Equal("Strength lies between 0 and 1, was NaN.", errors[2]);
        Assert.EndsWith("were 0.01 and -0.1.", errors[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Guards_as_they_come_are_valid() => Assert.Empty(new CorrectionGuards().Validate());

    [Fact]
    public void Half_the_strength_goes_half_the_way_from_relevance_to_parity()
    {
        static double Deserved(double strength)
        {
            var ledger = new ExposureLedger();
            NeutralRanking.Rerank(
                [new("a", "A", 1, 1, ["size=large"]), new("b", "B", 0.5, 0.5, ["size=small"])],
                ledger,
                new CorrectionGuards { Target = ExposureTarget.Parity, Strength = strength },
                "day");
            return ledger.Groups["size=small"].Deserved;
        }

        Assert.Equal((Deserved(0) + Deserved(1)) / 2, Deserved(0.5), 12);
        Assert.True(Deserved(1) > Deserved(0));
    }

    [Fact]
    public void Boosts_are_scaled_down_to_what_the_loss_of_a_request_allows()
    {
        // Owed so much that the small offer would go first at a cost of more than a tenth of nDCG.
        var ledger = new ExposureLedger();
        ledger.Record([(["size=small"], 0, 9)], 1, 0);
        RankedOffer[] offers =
        [
            new("a", "A", 1, 1, ["size=large"]), new("b", "B", 0.9, 0.9, ["size=large"]),
            new("c", "C", 0.05, 0.05, ["size=small"]),
        ];
        var ranking = NeutralRanking.Rerank(offers, ledger, new CorrectionGuards { MaxLoss = 0.01 }, "day");
        Assert.True(ranking.Scale < 1);
        Assert.InRange(ranking.Loss, 0, 0.01);
        Assert.Equal([0, 1, 2], ranking.Order);
    }
}
