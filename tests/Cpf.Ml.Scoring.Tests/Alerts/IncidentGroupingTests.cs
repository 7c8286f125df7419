using Cpf.Ml.Scoring.Alerts;
using static Cpf.Ml.Scoring.Tests.Alerts.Sample;

namespace Cpf.Ml.Scoring.Tests.Alerts;

/// <summary>Which alerts are one incident.</summary>
public sealed class IncidentGroupingTests
{
    [Fact]
    public void Alerts_of_one_service_within_five_minutes_are_one_incident()
    {
        var entry = Apply([Open(Alert(0, "s1")), Open(Alert(5, "s2")), Open(Alert(2, "s3", service: "search"))]);

        Assert.Equal(["purchase", "search"], entry.Revisions.Select(revision => revision.After.Service).Order());
        Assert.Equal(2, entry.Revisions.Single(revision => revision.After.Service == "purchase").After.Alerts.Length);
    }

    [Fact]
    public void Alerts_of_two_capabilities_are_two_incidents_even_in_one_service()
    {
        var entry = Apply([Open(Alert(0)), Open(Alert(1, "size", capability: Capability.Neutrality))]);

        Assert.Equal(
            [(Capability.Transactions, 1), (Capability.Neutrality, 1)],
            entry.Revisions.Select(revision => (revision.After.Capability, revision.After.Alerts.Length)));
    }

    /// <summary>Receivers know an incident by its id, also across an upgrade.</summary>
    [Theory]
    [InlineData(Capability.Transactions, "5d195c0cf2a80a0b0be74caf878a076f")]
    [InlineData(Capability.Neutrality, "24418089c3e5b51e4f4be2d3e4dfc33f")]
    public void Incident_id_depends_on_service_and_first_alert_alone(Capability capability, string id) =>
        Assert.Equal(id, Incident(Open(Alert(0, capability: capability))).Id);

    [Fact]
    public void First_alert_opens_an_incident_and_a_further_one_joins_it() =>
        Assert.Equal(
            [AlertReason.Opened, AlertReason.Joined],
            Apply([Open(Alert(0, "s1")), Open(Alert(1, "s2"))]).Outcomes.Select(outcome => outcome.Reason));

    [Fact]
    public void Alert_joins_an_open_incident_within_fifteen_minutes_of_its_newest_alert() =>
        Assert.Equal(
            3,
            Assert.Single(Apply([Open(Alert(0, "s1")), Open(Alert(15, "s2")), Open(Alert(30, "s3"))]).Revisions)
                .After.Alerts.Length);

    [Fact]
    public void Alert_after_fifteen_minutes_opens_an_incident_of_its_own() =>
        Assert.Equal(2, Apply([Open(Alert(0, "s1")), Open(Alert(15.1, "s2"))]).Revisions.Length);

    [Fact]
    public void Alert_joins_a_quiet_incident_only_within_its_hold()
    {
        var held = Incident(Open(Alert(0)), Close(Alert(0, closed: 2)));

        Assert.Equal(held.Id, Assert.Single(Apply([Open(Alert(7, "s2"))], [held]).Revisions).After.Id);
        Assert.NotEqual(held.Id, Assert.Single(Apply([Open(Alert(7.1, "s2"))], [held]).Revisions).After.Id);
    }

    [Fact]
    public void Alert_reported_late_joins_one_that_opened_five_minutes_after_it_and_no_later()
    {
        var known = Incident(Open(Alert(5, "s2")));

        Assert.Equal(known.Id, Assert.Single(Apply([Open(Alert(0))], [known]).Revisions).After.Id);
        Assert.NotEqual(known.Id, Assert.Single(Apply([Open(Alert(-0.1))], [known]).Revisions).After.Id);
    }
}
