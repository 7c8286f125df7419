using Cpf.Ml.Scoring.Alerts;
using static Cpf.Ml.Scoring.Tests.Alerts.Sample;

namespace Cpf.Ml.Scoring.Tests.Alerts;

public sealed class AlertRankTests
{
    [Fact]
    public void Open_alert_ranks_before_a_closed_one_of_higher_severity() =>
        AssertRanked(
            Alert(0, "open", severity: Severity.Notice), Alert(0, "closed", severity: Severity.Critical, closed: 1));

    [Fact]
    public void Higher_severity_ranks_before_a_higher_score() =>
        AssertRanked(
            Alert(0, "severe", severity: Severity.Critical, score: 60),
            Alert(0, "rare", severity: Severity.Warning, score: 99));

    [Fact]
    public void Higher_score_ranks_before_a_larger_deviation() =>
        AssertRanked(Alert(0, "rare", score: 99, noise: 3), Alert(0, "large", score: 60, noise: 30));

    [Fact]
    public void Larger_deviation_in_either_direction_ranks_before_an_earlier_alert() =>
        AssertRanked(Alert(1, "large", noise: -30), Alert(0, "early", noise: 3));

    [Fact]
    public void Earlier_alert_ranks_first_among_equals() => AssertRanked(Alert(0, "early"), Alert(1, "late"));

    private static void AssertRanked(Alert first, Alert second)
    {
        Assert.Equal([first, second], AlertRank.Order([first, second]));
        Assert.Equal([first, second], AlertRank.Order([second, first]));
    }
}
