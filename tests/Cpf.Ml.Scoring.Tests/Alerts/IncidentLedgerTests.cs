using Cpf.Ml.Scoring.Alerts;
using static Cpf.Ml.Scoring.Tests.Alerts.Sample;

namespace Cpf.Ml.Scoring.Tests.Alerts;

public sealed class IncidentLedgerTests
{
    [Fact]
    public void Alert_with_the_largest_contribution_gives_the_incident_its_title()
    {
        var incident = Incident(
            Open(Alert(0, "mild", severity: Severity.Notice, score: 70)),
            Open(Alert(1, "worst", severity: Severity.Critical, score: 90)),
            Open(Alert(2, "bad", severity: Severity.Critical, score: 85)));

        Assert.Equal(["worst", "bad", "mild"], incident.Alerts.Select(alert => alert.SeriesId));
        Assert.Equal("worst lent", incident.Title.Fr);
        Assert.Equal(Severity.Critical, incident.Severity);
    }

    [Fact]
    public void Worse_alert_escalates_the_incident_and_announces_it_again()
    {
        var first = Incident(Open(Alert(0)));

        var revision = Assert.Single(Apply([Open(Alert(2, "s2", severity: Severity.Critical))], [first]).Revisions);

        Assert.Equal(Notice.Escalated, revision.Notice);
        Assert.Equal(
            [Severity.Warning, Severity.Critical], revision.After.Announced.Select(announced => announced.Severity));
        Assert.NotNull(revision.After.Announced[0].Until);
        Assert.Contains(
            revision.Events,
            line => line is { Kind: IncidentEventKind.Escalated, Detail: { From: "warning", To: "critical" } });
    }

    [Fact]
    public void Joining_alert_that_is_no_worse_has_a_reason_for_not_being_announced()
    {
        var first = Incident(Open(Alert(0)));

        var revision = Assert.Single(Apply([Open(Alert(2, "s2"))], [first]).Revisions);

        Assert.Null(revision.Notice);
        Assert.Equal(Suppression.AlreadyNotified, Assert.Single(revision.Events).Detail.Suppression);
    }

    [Fact]
    public void Closed_alert_is_never_reopened()
    {
        var closed = Incident(Open(Alert(0)), Close(Alert(0, closed: 9)));

        var entry = Apply([Open(Alert(0, updated: 12, severity: Severity.Critical))], [closed]);

        Assert.Empty(entry.Revisions);
        Assert.Equal(AlertReason.Late, Assert.Single(entry.Outcomes).Reason);
    }

    [Fact]
    public void Older_report_does_not_replace_a_newer_one()
    {
        var known = Incident(Open(Alert(0, updated: 8)));

        Assert.Equal(
            AlertReason.Duplicate, Assert.Single(Apply([Open(Alert(0, updated: 3))], [known]).Outcomes).Reason);
    }

    [Fact]
    public void Incident_closes_only_after_its_hold()
    {
        var held = Incident(Open(Alert(0)), Close(Alert(0, closed: 9)));

        Assert.Null(held.ClosedAt);
        Assert.Null(IncidentLife.Pass(held, [], Options.Hold, Minute(24.9)));
        var revision = IncidentLife.Pass(held, [], Options.Hold, Minute(25));
        Assert.Equal(Minute(9), revision!.After.ClosedAt);
        Assert.Equal(Notice.Closed, revision.Notice);
        Assert.Equal(IncidentState.Closed, revision.After.State);
    }

    [Fact]
    public void Incident_is_closed_as_of_its_last_alert()
    {
        var held = Incident(
            Open(Alert(0, "s1")), Open(Alert(1, "s2")), Close(Alert(1, "s2", closed: 12)),
            Close(Alert(0, "s1", closed: 9)));

        Assert.Equal(Minute(12), IncidentLife.Pass(held, [], Options.Hold, Minute(25))!.After.ClosedAt);
    }

    [Fact]
    public void Closed_alert_that_joins_during_the_hold_does_not_restart_it()
    {
        var held = Incident(Open(Alert(0)), Close(Alert(0, closed: 9)));

        var joined = Assert.Single(Apply([Close(Alert(10, "s2", closed: 11))], [held], now: 22).Revisions).After;

        Assert.Equal((2, Minute(20)), (joined.Alerts.Length, joined.HeldFrom));
    }

    [Fact]
    public void Recurrence_within_the_hold_rejoins_the_incident()
    {
        var held = Incident(Open(Alert(0)), Close(Alert(0, closed: 9)));

        var revision = Assert.Single(Apply([Open(Alert(14))], [held]).Revisions);

        Assert.Equal(held.Id, revision.After.Id);
        Assert.Null(revision.After.HeldFrom);
    }

    [Fact]
    public void Recurrence_rejoins_an_incident_that_another_series_keeps_open_however_late()
    {
        var open = Incident(Open(Alert(0, "s1")), Open(Alert(0, "s2")), Close(Alert(0, "s1", closed: 9)));

        Assert.Equal(open.Id, Assert.Single(Apply([Open(Alert(60, "s1"))], [open]).Revisions).After.Id);
        Assert.NotEqual(open.Id, Assert.Single(Apply([Open(Alert(60, "s3"))], [open]).Revisions).After.Id);
    }

    [Fact]
    public void Recurrence_after_the_hold_opens_a_new_incident()
    {
        var held = Incident(Open(Alert(0)), Close(Alert(0, closed: 9)));

        Assert.NotEqual(held.Id, Assert.Single(Apply([Open(Alert(14.1))], [held]).Revisions).After.Id);
    }

    [Fact]
    public void Silenced_incident_is_announced_only_when_the_silence_ends()
    {
        var silence = Silence("service", "purchase");
        var revision = Assert.Single(Apply([Open(Alert(0))], silences: silence).Revisions);

        Assert.Null(revision.Notice);
        Assert.Equal(IncidentState.Silenced, revision.After.State);
        Assert.Equal(
            Suppression.Silenced,
            revision.Events.Single(line => line.Kind == IncidentEventKind.Opened).Detail.Suppression);
        Assert.Null(IncidentLife.Pass(revision.After, [silence], Options.Hold, Minute(30)));
        Assert.Equal(Notice.Opened, IncidentLife.Pass(revision.After, [], Options.Hold, Minute(30))!.Notice);
    }

    [Fact]
    public void Silence_of_one_series_does_not_cover_another()
    {
        var entry = Apply([Open(Alert(0, "s1")), Open(Alert(1, "s2"))], silences: Silence("series", "s1"));

        Assert.Equal(Notice.Opened, Assert.Single(entry.Revisions).Notice);
    }

    [Fact]
    public void Silence_of_a_capability_covers_its_alerts_and_no_others()
    {
        var entry = Apply(
            [Open(Alert(0)), Open(Alert(0, "size", capability: Capability.Neutrality))],
            silences: Silence("capability", "neutrality"));

        Assert.Equal(
            [(Capability.Transactions, IncidentState.Open), (Capability.Neutrality, IncidentState.Silenced)],
            entry.Revisions.Select(revision => (revision.After.Capability, revision.After.State)).Order());
    }

    [Fact]
    public void Silence_ends_the_announcement_until_it_is_lifted()
    {
        var told = Incident(Open(Alert(0)));

        var revision = IncidentLife.Pass(told, [Silence("rule", "*")], Options.Hold, Minute(21));

        Assert.Equal(Notice.Silenced, revision!.Notice);
        Assert.Equal(Minute(21), revision.After.Announced[^1].Until);
        Assert.Equal(Notice.Resumed, IncidentLife.Pass(revision.After, [], Options.Hold, Minute(22))!.Notice);
    }

    [Fact]
    public void Manually_closed_incident_reopens_only_when_it_gets_worse()
    {
        var closed = IncidentLife.Close(Incident(Open(Alert(0))), "alice", Minute(21)).After;

        var same = Assert.Single(Apply([Open(Alert(0, updated: 22))], [closed]).Revisions);
        var worse = Assert.Single(
            Apply([Open(Alert(0, updated: 23, severity: Severity.Critical))], [same.After]).Revisions);

        Assert.Null(same.Notice);
        Assert.NotNull(same.After.ClosedAt);
        Assert.Equal(Notice.Resumed, worse.Notice);
        Assert.Null(worse.After.ClosedAt);
    }

    [Fact]
    public void NaN_and_infinity_are_stored_as_unknown_and_a_NaN_score_as_0()
    {
        var alert = Alert(0, noise: double.PositiveInfinity);
        var document = alert.Document with
        {
            Observed = double.NaN,
            Band99 = new(double.NegativeInfinity, 3),
            Score = double.NaN,
        };

        var stored = Incident(Open(alert with { Document = document })).Alerts[0].Document;

        Assert.Equal((null, null, null, 0), (stored.Observed, stored.Band99, stored.DeviationNoise, stored.Score));
    }

    [Fact]
    public void Most_similar_past_incident_is_named_and_kept_through_later_reports()
    {
        var past = IncidentLife.Judge(
            Incident(Open(Alert(-900)), Close(Alert(-900, closed: -880))), "noise", "alice", Minute(-700)).After;
        var other = Incident(Open(Alert(-500, "s9", noise: -2)), Close(Alert(-500, "s9", closed: -480)));
        var opened = Assert.Single(
            IncidentLedger.Apply(
                [Open(Alert(0))],
                [],
                [],
                [IncidentOutline.Of(other), IncidentOutline.Of(past)],
                Options,
                Minute(20)).Revisions).After;

        var updated = Assert.Single(Apply([Open(Alert(0, updated: 3))], [opened]).Revisions).After;

        var similar = updated.Alerts[0].Document.Similar!;
        Assert.Equal((past.Id, 1.0, "noise"), (similar.IncidentId, similar.Similarity, similar.Verdict));
    }

    [Fact]
    public void Past_incident_of_another_capability_is_never_similar()
    {
        var past = IncidentOutline.Of(Incident(Open(Alert(-900)), Close(Alert(-900, closed: -880))));

        Assert.Single(IncidentSimilarity.Closest(Incident(Open(Alert(0))), [past], 5));
        Assert.Empty(IncidentSimilarity.Closest(
            Incident(Open(Alert(0, capability: Capability.Neutrality))), [past], 5));
    }

    [Fact]
    public void Similarity_of_neutrality_incidents_is_explained_by_comparisons()
    {
        var one = IncidentOutline.Of(Incident(Open(Alert(0, "size", capability: Capability.Neutrality))));

        var why = IncidentSimilarity.Compare(one, one with { Id = "other" }).Why;

        Assert.Equal("même service, mêmes comparaisons, même sens, mêmes tests, ampleur proche", why.Fr);
        Assert.Equal("same service, same comparisons, same direction, same tests, similar size", why.En);
    }

    [Fact]
    public void Similarity_weighs_common_service_series_tests_and_size()
    {
        // Service .25, series 1 of 3 .35/3, tests .2, size 3/9 of .2.
        var one = Incident(Open(Alert(0, "a")), Open(Alert(1, "b", score: 10)));
        var two = Incident(Open(Alert(0, "b", noise: 3)), Open(Alert(1, "c", score: 10)));

        var found = IncidentSimilarity.Compare(IncidentOutline.Of(one), IncidentOutline.Of(two));
        Assert.Equal((0.63, "same service, series in common, same tests"), (found.Incident.Similarity, found.Why.En));
    }

    [Theory]
    [InlineData(2_000, 1, 1e-9)]
    [InlineData(3_000, 1 / 3.0, 0.09)]
    [InlineData(4_000, 0, 1e-9)]
    public void Similarity_of_thousands_of_series_is_estimated_from_a_sketch(int last, double share, double within)
    {
        var one = IncidentTraits.Of(
            Incident([.. Enumerable.Range(0, 2_000).Select(number => Open(Alert(0, $"s{number}")))]));
        var two = IncidentTraits.Of(
            Incident([.. Enumerable.Range(last - 2_000, 2_000).Select(number => Open(Alert(0, $"s{number}")))]));

        // Of 2 000, 3 000 and 4 000 series 2 000, 1 000 and none are in both.
        Assert.Equal(IncidentTraits.MaxSeries, one.Series.Length);
        Assert.Equal(share, one.SeriesInCommon(two), within);
    }
}
