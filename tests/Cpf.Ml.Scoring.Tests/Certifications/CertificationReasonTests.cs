using Cpf.Ml.Scoring.Certifications;
using Cpf.Ml.Scoring.Certifications.Features;
using Cpf.Ml.Scoring.Certifications.Peers;

namespace Cpf.Ml.Scoring.Tests.Certifications;

public sealed class CertificationReasonTests
{
    [Theory]
    [InlineData("F26", 0.5, 0.1, 0.2, 0.2)] // beyond its peers: back among them
    [InlineData("F26", 0.15, 0.1, 0.2, 0.01)] // among its peers, but not where it was
    [InlineData("F33", 0.3, 0.7, 0.95, 0.7)] // low is suspicious
    [InlineData("F33", 0.8, 0.7, 0.95, 0.01)]
    public void Typical_value_is_the_bound_of_peers_or_the_value_of_a_year_before(
        string feature, double value, double low, double high, double usual) =>
        Assert.Equal(usual, Reason(feature, value, low, high, before: 0.01).TypicalValue);

    [Fact]
    public void Reason_states_value_range_of_nine_in_ten_peers_and_the_year_before()
    {
        var sentence = Reason("F05", 0.62, 0.004, 0.031, before: 0.27).Sentence;
        Assert.Equal(
            "Part des achats au prix du solde du titulaire (à 5 € près), au-delà du hasard : 62\u00a0%, contre "
                + "0,4\u00a0% à 3,1\u00a0% chez neuf sur dix des 41 certifications comparables (RNCP) ; 27\u00a0% "
                + "un an plus tôt.",
            sentence.Fr);
        Assert.EndsWith(
            "62%, against 0.4% to 3.1% of nine in ten of the 41 comparable certifications (RNCP); 27% a year before.",
            sentence.En,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("F08", 0.010, 0.0175, true)]
    [InlineData("F08", 0.020, 0.0175, false)] // more than half of its peers
    [InlineData("F33", 0.95, 0.85, true)] // low is suspicious
    [InlineData("F33", 0.80, 0.85, false)]
    public void Only_a_value_on_the_reassuring_side_of_the_median_speaks_in_favour(
        string feature, double value, double median, bool expected) =>
        Assert.Equal(
            expected,
            CertificationScorer.Reassures(
                FeatureCatalogue.Of(feature), new PeerPosition(value, 100, 0, median, 1, 41, -2)));

    [Theory]
    [InlineData("F22", 0.06, 0.5, true)] // without habilitation: the law, whatever peers do
    [InlineData("F19", 0.12, 0.36, false)] // a shared account, as many of its peers
    [InlineData("F19", 0.40, 0.36, true)]
    [InlineData("F26", 0.90, 0.10, false)] // no limit stands in a rule
    public void Fact_is_beyond_the_law_or_beyond_a_limit_of_practice_and_nine_in_ten_peers(
        string feature, double value, double high, bool expected) =>
        Assert.Equal(expected, Reason(feature, value, 0, high, before: 0).IsFact);

    [Theory]
    [InlineData(10, 0.5, 3)]
    [InlineData(10, 1.5, 2)]
    [InlineData(10, 2, 2)]
    [InlineData(10, 2.5, 1)]
    [InlineData(10, 10, 1)]
    [InlineData(2, 11, 1)]
    public void Rank_without_a_family_counts_the_other_certifications_only(double score, double without, int rank) =>
        Assert.Equal(rank, CertificationScorer.RankWithout([1, 2, 10], score, without));

    [Fact]
    public void Rank_without_a_family_is_behind_all_equal_certifications() =>
        Assert.Equal(4, CertificationScorer.RankWithout([0, 0, 0, 5], 5, 0));

    [Fact]
    public void Sentence_names_the_month_where_the_month_is_the_window() => Assert.Contains(
        ": 62\u00a0% sur les 30 derniers jours, contre",
        Reason("F05", 0.62, 0.004, 0.031, before: 0.27, days: 30).Sentence.Fr,
        StringComparison.Ordinal);

    private static CertificationReason Reason(
        string feature, double value, double low, double high, double before, int days = 90) =>
        new(
            FeatureCatalogue.Of(feature),
            0.5,
            new PeerPosition(value, 100, low, (low + high) / 2, high, 41, 5),
            new Text("RNCP", "RNCP"),
            before,
            1000,
            300,
            days);
}
