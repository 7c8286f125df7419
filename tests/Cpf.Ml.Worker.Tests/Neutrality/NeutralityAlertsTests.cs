using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Worker.Neutrality;

namespace Cpf.Ml.Worker.Tests.Neutrality;

public sealed class NeutralityAlertsTests
{
    private static readonly DateTimeOffset At = new(2026, 7, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Bias_opens_one_alert_and_closes_it_when_it_is_gone()
    {
        var biased = AuditReport.Create(NeutralityStoreContract.Biased(10), new AuditSettings(), "1.0");
        var opened = NeutralityAlerts.Changes(biased, new Dictionary<string, Alert>(), At);
        var size = Assert.Single(opened, change => change.Alert.SeriesId.StartsWith("size/", StringComparison.Ordinal));
        Assert.Equal(
            (AlertTransition.Open, Capability.Neutrality, AlertRules.Neutrality, At),
            (size.Transition, size.Alert.Capability, size.Alert.Rule, size.Alert.OpenedAt));
        Assert.StartsWith(
            "Moteur de recherche, Taille de l'organisme : ", size.Alert.Document.Sentence.Fr, StringComparison.Ordinal);
        Assert.DoesNotContain(
            opened, change => change.Alert.SeriesId.StartsWith("organisation", StringComparison.Ordinal));

        var open = opened.ToDictionary(change => change.Alert.SeriesId, change => change.Alert);
        Assert.Empty(NeutralityAlerts.Changes(biased, open, At.AddDays(1)));
        var closed = NeutralityAlerts.Changes(
            AuditReport.Create(NeutralityStoreContract.Biased(0), new AuditSettings(), "1.0"), open, At.AddDays(2));
        Assert.All(
            closed,
            change => Assert.Equal((AlertTransition.Close, At.AddDays(2)), (change.Transition, change.Alert.ClosedAt)));
        Assert.Contains(closed, change => change.Alert.Id == size.Alert.Id);
    }
}
