using static Cpf.Ml.Scoring.Tests.Alerts.Sample;

namespace Cpf.Ml.Scoring.Tests.Alerts;

public sealed class SilenceTests
{
    [Theory]
    [InlineData(-60.1, false)]
    [InlineData(-60, true)]
    [InlineData(599.9, true)]
    [InlineData(600, false)]
    public void Silence_is_active_from_its_start_to_before_its_end(double minute, bool active) =>
        Assert.Equal(active, Silence("service", "purchase").IsActive(Minute(minute)));

    [Fact]
    public void Silence_that_was_ended_early_is_not_active() =>
        Assert.False((Silence("service", "purchase") with { EndedAt = Minute(0) }).IsActive(Minute(-1)));

    [Theory]
    [InlineData("service", "purchase", "series", "s1", true)]
    [InlineData("service", "purchase", "series", "s2", false)]
    [InlineData("rule", "anomaly", "capability", "transactions", true)]
    [InlineData("rule", "anomaly", "capability", "neutrality", false)]
    [InlineData("service", "*", "series", "*", true)]
    [InlineData("host", "*", "series", "*", false)]
    public void Silence_covers_an_alert_that_every_matcher_matches(
        string label, string value, string otherLabel, string otherValue, bool covers)
    {
        var silence = Silence(label, value) with { Matchers = [new(label, value), new(otherLabel, otherValue)] };

        Assert.Equal(covers, silence.Covers(Alert(0, "s1", "purchase")));
    }
}
