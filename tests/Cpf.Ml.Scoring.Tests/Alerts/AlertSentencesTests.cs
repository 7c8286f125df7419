using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Transactions;

namespace Cpf.Ml.Scoring.Tests.Alerts;

public sealed class AlertSentencesTests
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
    private static readonly DateTimeOffset Since = new(2026, 11, 23, 13, 5, 0, TimeSpan.Zero);
    private static readonly Text X = new("x", "x");

    public static TheoryData<string> Tests =>
    [
        "point",
        "difference",
        "time-of-day",
        "local",
        "level-4",
        "level-12",
        "level-48",
        "slow-60",
        "drift",
        "variance",
        "flat-line", "zero", "record", "sustained", "no-data",
    ];

    [Fact]
    public void Sentence_of_an_anomaly_has_value_expected_value_and_start()
    {
        var text = AlertSentences.Anomaly(
            new("Achat : durée p95", "Purchase: duration p95"), isFeminine: true, "s", 4.8, 1.1, Since, Paris);

        Assert.Equal("Achat : durée p95 à 4,8 s, attendue 1,1 s, depuis 14 h 05", Spaces(text.Fr));
        Assert.Equal("Purchase: duration p95 at 4.8 s, expected 1.1 s, since 14:05", Spaces(text.En));
    }

    [Theory]
    [InlineData(MetricKind.Duration, "à 10, attendue 500")]
    [InlineData(MetricKind.Volume, "à 10, attendu 500")]
    [InlineData(MetricKind.Gauge, "à 10, attendu 500")]
    public void French_participle_agrees_with_the_gender_of_the_metric(MetricKind kind, string words) =>
        Assert.Contains(
            words,
            AlertSentences.Anomaly(X, MetricKinds.IsFeminine(kind), "", 10, 500, Since, Paris).Fr,
            StringComparison.Ordinal);

    [Fact]
    public void Cold_model_states_no_expected_value()
    {
        var text = AlertSentences.Anomaly(X, isFeminine: false, "", 3, null, Since, Paris);

        Assert.Equal("x à 3, comportement inhabituel depuis 14 h 05", Spaces(text.Fr));
    }

    [Fact]
    public void Expected_value_that_rounds_to_the_observed_one_is_left_out() =>
        Assert.DoesNotContain(
            "attendu",
            AlertSentences.Anomaly(X, isFeminine: false, "", 3.0001, 3, Since, Paris).Fr,
            StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Tests))]
    public void Every_test_has_its_own_words_in_both_languages_for_each_direction(string test)
    {
        foreach (var direction in (int[])[-1, 0, 1])
        {
            var text = AlertSentences.Test(test, 1e-4, direction);

            Assert.DoesNotContain("«", text.Fr, StringComparison.Ordinal);
            Assert.EndsWith("(1 point sur 10 000)", Spaces(text.Fr), StringComparison.Ordinal);
            Assert.EndsWith("(1 point in 10,000)", text.En, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Unknown_test_statistic_is_worded_by_its_name() =>
        Assert.Contains(
            "«\u00a0seasonal\u00a0»", AlertSentences.Test("seasonal", 1e-3, 0).Fr, StringComparison.Ordinal);

    [Theory]
    [InlineData(1e-9, "1 point sur 100 000 ou plus rare")]
    [InlineData(4.6e-5, "1 point sur 20 000")]
    [InlineData(1e-3, "1 point sur 1 000")]
    [InlineData(0.09, "1 point sur 10")]
    [InlineData(0.72, "un point ordinaire")]
    [InlineData(1, "un point ordinaire")]
    public void P_value_is_rounded_and_never_below_1_in_100_000(double pValue, string words) =>
        Assert.Equal(words, Spaces(Rarity.Of(pValue).Fr));

    [Fact]
    public void No_data_alert_is_not_worded_as_an_anomaly() =>
        Assert.Equal(
            "node-3 : aucune donnée depuis 14 h 05, alors qu'un point arrive d'habitude toutes les 15 s",
            Spaces(AlertSentences.NoData(new("node-3", "node-3"), Since, TimeSpan.FromSeconds(15), Paris).Fr));

    [Fact]
    public void Series_limit_alert_states_its_consequence() =>
        Assert.Equal(
            "Limit of 100,000 series reached since 14:05: new series are not monitored",
            AlertSentences.Cardinality(100_000, Since, Paris).En);

    [Fact]
    public void Operation_limit_alert_states_its_consequence() =>
        Assert.Equal(
            "Limit of 1,000 operations, channels and regions reached since 14:05: transactions of new operations "
                + "are not counted",
            AlertSentences.TransactionGroups(1_000, Since, Paris).En);

    [Fact]
    public void Alert_id_is_deterministic_and_unique()
    {
        Assert.Equal("6b4e149a832e6bb57c1d63d2c52563ed", AlertId.Of("anomaly", "00ff", Since));
        Assert.NotEqual(AlertId.Of("anomaly", "00ff", Since), AlertId.Of("anomaly", "00ff", Since.AddMilliseconds(1)));
        Assert.NotEqual(AlertId.Hash("ab", "c"), AlertId.Hash("a", "bc"));
    }

    private static string Spaces(string text) => text.Replace('\u00a0', ' ').Replace('\u202f', ' ');
}
