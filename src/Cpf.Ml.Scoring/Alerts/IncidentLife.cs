namespace Cpf.Ml.Scoring.Alerts;

/// <summary>What happens to an incident without a change of its alerts: time passes, silences begin and end, people
/// act.</summary>
public static class IncidentLife
{
    /// <summary>Closes an incident whose hold is over, and follows silences that began or ended.</summary>
    /// <param name="silences">Those that are active at <paramref name="now"/>.</param>
    /// <returns>Null when nothing changes.</returns>
    public static IncidentRevision? Pass(
        Incident incident, IReadOnlyList<Silence> silences, TimeSpan hold, DateTimeOffset now)
    {
        var draft = new IncidentDraft(incident, incident, now);
        if (incident.ClosedAt is null && incident.HeldFrom is { } heldFrom && now - heldFrom >= hold)
        {
            draft.Now = incident with { ClosedAt = incident.Alerts.Max(alert => alert.ClosedAt) };
            draft.Add(IncidentEventKind.Closed, new EventDetail());
        }

        var revision = draft.Finish(silences);
        return revision.After with { Version = incident.Version } == incident ? null : revision;
    }

    public static IncidentRevision Acknowledge(Incident incident, string actor, DateTimeOffset now) =>
        Act(incident, incident with { AcknowledgedBy = actor, AcknowledgedAt = now },
            IncidentEventKind.Acknowledged, new EventDetail(), actor, now);

    /// <param name="assignee">Null gives it back to everybody.</param>
    public static IncidentRevision Assign(Incident incident, string? assignee, string actor, DateTimeOffset now) =>
        Act(incident, incident with { Assignee = assignee },
            IncidentEventKind.Assigned, new EventDetail { From = incident.Assignee, To = assignee }, actor, now);

    public static IncidentRevision Comment(Incident incident, string text, string actor, DateTimeOffset now) =>
        Act(incident, incident, IncidentEventKind.Comment, new EventDetail { Text = text }, actor, now);

    /// <param name="verdict"><c>useful</c>, <c>noise</c>, or null to take a verdict back.</param>
    public static IncidentRevision Judge(Incident incident, string? verdict, string actor, DateTimeOffset now) =>
        Act(incident, incident with { Verdict = verdict },
            IncidentEventKind.Verdict, new EventDetail { From = incident.Verdict, To = verdict }, actor, now);

    /// <summary>A person says that the series of one of its alerts runs where it will run from now on.</summary>
    public static IncidentRevision AcceptAsUsual(
        Incident incident, Alert alert, string reason, string actor, DateTimeOffset now) =>
        Act(incident, incident, IncidentEventKind.NewNormal,
            new EventDetail { AlertId = alert.Id, Series = alert.SeriesName, Text = reason }, actor, now);

    /// <summary>Closed by a person. Its alerts go on; only one that gets worse opens it again.</summary>
    public static IncidentRevision Close(Incident incident, string actor, DateTimeOffset now) =>
        Act(incident, incident with { ClosedAt = now }, IncidentEventKind.Closed, new EventDetail(), actor, now);

    private static IncidentRevision Act(
        Incident before,
        Incident after,
        IncidentEventKind kind,
        EventDetail detail,
        string actor,
        DateTimeOffset now)
    {
        var draft = new IncidentDraft(before, after, now);
        draft.Add(kind, detail, actor);

        return draft.Finish();
    }
}
