namespace Cpf.Ml.Scoring.Alerts;

/// <summary>Changes of an incident without a change of its alerts: time passes, silences start and end, people
/// act.</summary>
public static class IncidentLife
{
    /// <summary>Closes an incident whose hold is over, and applies silences that started or ended.</summary>
    /// <param name="incident">The incident.</param>
    /// <param name="silences">Silences that are active at <paramref name="now"/>.</param>
    /// <param name="hold">How long an incident without open alerts waits before it closes.</param>
    /// <param name="now">Time by the Worker's clock.</param>
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

    /// <summary>A person acknowledges the incident.</summary>
    /// <param name="incident">The incident.</param>
    /// <param name="actor">Name of an account or token.</param>
    /// <param name="now">Time by the Worker's clock.</param>
    public static IncidentRevision Acknowledge(Incident incident, string actor, DateTimeOffset now) =>
        Act(incident, incident with { AcknowledgedBy = actor, AcknowledgedAt = now },
            IncidentEventKind.Acknowledged, new EventDetail(), actor, now);

    /// <summary>A person assigns the incident.</summary>
    /// <param name="incident">The incident.</param>
    /// <param name="assignee">Null unassigns it.</param>
    /// <param name="actor">Name of an account or token.</param>
    /// <param name="now">Time by the Worker's clock.</param>
    public static IncidentRevision Assign(Incident incident, string? assignee, string actor, DateTimeOffset now) =>
        Act(incident, incident with { Assignee = assignee },
            IncidentEventKind.Assigned, new EventDetail { From = incident.Assignee, To = assignee }, actor, now);

    /// <summary>A person comments on the incident.</summary>
    /// <param name="incident">The incident.</param>
    /// <param name="text">The comment.</param>
    /// <param name="actor">Name of an account or token.</param>
    /// <param name="now">Time by the Worker's clock.</param>
    public static IncidentRevision Comment(Incident incident, string text, string actor, DateTimeOffset now) =>
        Act(incident, incident, IncidentEventKind.Comment, new EventDetail { Text = text }, actor, now);

    /// <summary>A person gives or withdraws a verdict.</summary>
    /// <param name="incident">The incident.</param>
    /// <param name="verdict"><c>useful</c>, <c>noise</c>, or null to withdraw it.</param>
    /// <param name="actor">Name of an account or token.</param>
    /// <param name="now">Time by the Worker's clock.</param>
    public static IncidentRevision Judge(Incident incident, string? verdict, string actor, DateTimeOffset now) =>
        Act(incident, incident with { Verdict = verdict },
            IncidentEventKind.Verdict, new EventDetail { From = incident.Verdict, To = verdict }, actor, now);

    /// <summary>A person declares a new normal for the series of one of its alerts.</summary>
    /// <param name="incident">The incident.</param>
    /// <param name="alert">The alert of the series.</param>
    /// <param name="reason">Why the level is normal.</param>
    /// <param name="actor">Name of an account or token.</param>
    /// <param name="now">Time by the Worker's clock.</param>
    public static IncidentRevision AcceptNewNormal(
        Incident incident, Alert alert, string reason, string actor, DateTimeOffset now) =>
        Act(incident, incident, IncidentEventKind.NewNormal,
            new EventDetail { AlertId = alert.Id, Series = alert.SeriesName, Text = reason }, actor, now);

    /// <summary>A person closes the incident. Its alerts stay open; only one that gets worse reopens it.</summary>
    /// <param name="incident">The incident.</param>
    /// <param name="actor">Name of an account or token.</param>
    /// <param name="now">Time by the Worker's clock.</param>
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
