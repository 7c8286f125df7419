using Cpf.Ml.Scoring.Neutrality.Correction;
using Cpf.Ml.Scoring.Neutrality.Metrics;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Correction;

public sealed class DeservedExposureTests
{
    private static readonly double Second = 1 / Math.Log2(3);

    private static readonly Gen<RankedOffer[]> Offers = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4]).Array[1, 25].Select(
        drawn => drawn.Select((offer, i) => new RankedOffer(
            $"{i}", $"O{offer.Item2}", offer.Item1, offer.Item1 / 4.0, [])).ToArray());

    [Fact]
    public void Equals_share_the_exposure_of_their_positions()
    {
        RankedOffer[] offers = [Offer("A", 0.2), Offer("B", 0.9), Offer("C", 0.2)];
        Assert.Equal(
            [(Second + 0.5) / 2, 1, (Second + 0.5) / 2],
            NeutralRanking.Deserved(offers, 3, ExposureTarget.Relevance));

        // Of two that are shown the equals share the second position alone.
        Assert.Equal([Second / 2, 1, Second / 2], NeutralRanking.Deserved(offers, 2, ExposureTarget.Relevance));
    }

    [Fact]
    public void Merit_is_in_proportion_to_relevance_and_parity_the_same_for_all()
    {
        RankedOffer[] offers = [Offer("A", 0.3), Offer("B", 0.1)];
        Assert.All(
            NeutralRanking.Deserved(offers, 2, ExposureTarget.Merit).Zip([0.75 * (1 + Second), 0.25 * (1 + Second)]),
            offer => Assert.Equal(offer.Second, offer.First, 12));
        Assert.All(
            NeutralRanking.Deserved(offers, 2, ExposureTarget.Parity),
            deserved => Assert.Equal((1 + Second) / 2, deserved, 12));
    }

    [Fact]
    public void Merit_of_offers_without_any_relevance_is_parity() => Assert.Equal(
        NeutralRanking.Deserved([Offer("A", 0), Offer("B", 0)], 2, ExposureTarget.Parity),
        NeutralRanking.Deserved([Offer("A", 0), Offer("B", 0)], 2, ExposureTarget.Merit));

    [Fact]
    public void With_a_cap_organisations_share_what_equals_get_whatever_they_post()
    {
        RankedOffer[] offers = [Offer("flood", 1), Offer("flood", 1), Offer("flood", 1), Offer("B", 1)];
        var deserved = NeutralRanking.Deserved(offers, 4, ExposureTarget.Relevance, byOrganisation: true);
        Assert.Equal(deserved[3], deserved[..3].Sum(), 12);
    }

    [Fact]
    public void Whatever_the_target_all_exposure_is_shared_out_once() =>
        Gen.Select(Offers, Gen.Int[1, 25], Gen.Enum<ExposureTarget>(), Gen.Bool).Sample(
            (offers, shown, target, byOrganisation) => Assert.Equal(
                Enumerable.Range(1, Math.Min(shown, offers.Length)).Sum(BrowsingModel.Logarithmic),
                NeutralRanking.Deserved(offers, Math.Min(shown, offers.Length), target, byOrganisation).Sum(),
                1e-9));

    [Fact]
    public void Order_in_which_offers_arrive_does_not_change_what_they_deserve() =>
        Gen.Select(Offers, Gen.Enum<ExposureTarget>()).Sample((offers, target) => Assert.All(
            NeutralRanking.Deserved(offers, offers.Length, target)
                .Zip(NeutralRanking.Deserved([.. offers.Reverse()], offers.Length, target).Reverse()),
            offer => Assert.Equal(offer.First, offer.Second, 1e-9)));

    [Fact]
    public void More_relevant_offer_never_deserves_less() =>
        Gen.Select(Offers, Gen.Bool).Sample((offers, isMerit) =>
        {
            var target = isMerit ? ExposureTarget.Merit : ExposureTarget.Relevance;
            var deserved = NeutralRanking.Deserved(offers, offers.Length, target);
            var sorted = deserved.Zip(offers).OrderBy(offer => offer.Second.Relevance).ToList();
            Assert.All(sorted.Zip(sorted.Skip(1)), pair => Assert.True(
                pair.First.First <= pair.Second.First + 1e-9
                    || pair.First.Second.Relevance == pair.Second.Second.Relevance));
        });

    private static RankedOffer Offer(string organisation, double relevance) =>
        new("", organisation, relevance, relevance, []);
}
