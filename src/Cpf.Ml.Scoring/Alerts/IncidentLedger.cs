using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Alerts;

/// <summary>
/// Takes changes of alerts into incidents: deduplicate, group, escalate, silence, announce. Pure: the same input gives the same
/// revisions, whatever the order of the changes within one call.
/// </summary>
public static class IncidentLedger
{
    /// <param name="changes">What the partitions said, in any order; repeated ones come to nothing.</param>
    /// <param name="known">Incidents of the services concerned that are not closed, and those that hold one of the alerts.</param>
    /// <param name="silences">Those that are active at <paramref name="now"/>.</param>
    /// <param name="past">Closed incidents among which a similar one may be found.</param>
    /// <param name="now">The worker's clock.</param>
    public static LedgerEntry Apply(
        IReadOnlyList<AlertChange> changes,
        IEnumerable<Incident> known,
        IReadOnlyList<Silence> silences,
        IReadOnlyList<Incident> past,
        IncidentOptions options,
        DateTimeOffset now)
    {
        var incidents = known.ToDictionary(incident => incident.Id);
        var drafts = new Dictionary<string, IncidentDraft>();
        var outcomes = new List<AlertOutcome>(changes.Count);
        var alerts = changes
            .GroupBy(change => change.Alert.Id)
            .OrderBy(group => group.Min(change => change.Alert.OpenedAt))
            .ThenBy(group => group.Key, StringComparer.Ordinal);
        foreach (var group in alerts)
        {
            var home = incidents.Values.FirstOrDefault(incident => incident.Alerts.Any(alert => alert.Id == group.Key));
            var before = home?.Alerts.First(alert => alert.Id == group.Key);
            var (after, steps) = Fold(before, group);
            if (steps.TrueForAll(step => step.Reason is AlertReason.Duplicate or AlertReason.Late))
            {
                outcomes.AddRange(steps);
                continue;
            }

            home ??= IncidentGrouping.Choose(after, incidents.Values, options);
            var draft = Draft(drafts, home, after, now);
            Take(draft, before, after, past);
            incidents[draft.Now.Id] = draft.Now;
            outcomes.AddRange(steps.Select(step => Named(step, draft.Now.Id, isNew: home is null)));
        }

        return new LedgerEntry([.. drafts.Values.Select(draft => draft.Finish(silences))], [.. outcomes]);
    }

    private static (Alert After, List<AlertOutcome> Steps) Fold(Alert? before, IEnumerable<AlertChange> changes)
    {
        var (alert, steps) = (before, new List<AlertOutcome>());
        foreach (var change in changes.OrderBy(change => change.Alert.UpdatedAt).ThenBy(change => change.Transition))
        {
            (alert, var reason) = AlertMerge.Apply(alert, change);
            steps.Add(new AlertOutcome(change, reason, null));
        }

        return (alert!, steps);
    }

    private static AlertOutcome Named(AlertOutcome step, string incidentId, bool isNew) => step.Reason switch
    {
        AlertReason.Duplicate or AlertReason.Late => step,
        AlertReason.Opened when !isNew => step with { Reason = AlertReason.Joined, IncidentId = incidentId },
        _ => step with { IncidentId = incidentId },
    };

    private static IncidentDraft Draft(Dictionary<string, IncidentDraft> drafts, Incident? home, Alert first, DateTimeOffset now)
    {
        if (home is not null && drafts.TryGetValue(home.Id, out var draft))
        {
            return draft;
        }

        var incident = home ?? new Incident
        {
            Id = AlertId.Hash("incident", first.Service, first.Id),
            Service = first.Service,
            Severity = first.Severity,
            OpenedAt = first.OpenedAt,
            UpdatedAt = first.UpdatedAt,
            Title = first.Document.Sentence,
            Alerts = [],
        };
        return drafts[incident.Id] = new IncidentDraft(home, incident, now);
    }

    private static void Take(IncidentDraft draft, Alert? before, Alert after, IReadOnlyList<Incident> past)
    {
        var old = draft.Now;
        var detail = new EventDetail { AlertId = after.Id, Series = after.SeriesName, To = Name(after.Severity) };
        if (before is null)
        {
            draft.Add(old.Alerts.IsEmpty ? IncidentEventKind.Opened : IncidentEventKind.Joined, detail);
        }

        if (!old.Alerts.IsEmpty && after.Severity > old.Severity)
        {
            draft.Add(IncidentEventKind.Escalated, detail with { From = Name(old.Severity) });
        }

        // What a person closed stays closed, unless it gets worse than what that person saw.
        var reopened = old.ClosedAt is not null && after.ClosedAt is null && after.Severity > old.Severity;
        if (reopened)
        {
            draft.Add(IncidentEventKind.Reopened, detail);
        }

        if (before?.ClosedAt is null && after.ClosedAt is not null)
        {
            draft.Add(IncidentEventKind.Quieted, detail with { To = null });
        }

        var alerts = AlertRank.Order(old.Alerts.Where(alert => alert.Id != after.Id).Append(after));
        draft.Now = old with
        {
            Alerts = alerts,
            Title = alerts[0].Document.Sentence,
            Severity = after.Severity > old.Severity ? after.Severity : old.Severity,
            OpenedAt = after.OpenedAt < old.OpenedAt ? after.OpenedAt : old.OpenedAt,
            UpdatedAt = after.UpdatedAt > old.UpdatedAt ? after.UpdatedAt : old.UpdatedAt,
            HeldFrom = alerts.Any(alert => alert.ClosedAt is null) ? null : old.HeldFrom ?? draft.At,
            ClosedAt = reopened ? null : old.ClosedAt,
        };
        if (before is null)
        {
            draft.Now = WithSimilar(draft.Now, after, past);
        }
    }

    private static Incident WithSimilar(Incident incident, Alert added, IReadOnlyList<Incident> past)
    {
        return IncidentSimilarity.Closest(incident, past, 1) is not [var similar]
            ? incident
            : incident with
            {
                Alerts = [.. incident.Alerts.Select(alert => alert.Id == added.Id
                    ? alert with { Document = alert.Document with { Similar = similar.Incident } }
                    : alert)],
            };
    }

    private static string Name(Severity severity) => severity.ToString().ToLowerInvariant();
}

/// <param name="Revisions">One an incident that changed.</param>
/// <param name="Outcomes">One a change, with its reason.</param>
public sealed record LedgerEntry(ImmutableArray<IncidentRevision> Revisions, ImmutableArray<AlertOutcome> Outcomes);
