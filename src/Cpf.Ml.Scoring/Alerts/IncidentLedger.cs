using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Alerts;

/// <summary>
/// Applies changes of alerts to incidents: deduplicates, groups, escalates, silences, announces. Pure: the same input
/// gives the same revisions, whatever the order of the changes within one call.
/// </summary>
public static class IncidentLedger
{
    /// <summary>Applies a batch of changes.</summary>
    /// <param name="changes">Changes of alerts, in any order; repeated ones have no effect.</param>
    /// <param name="known">Incidents of the services concerned that are not closed, and those that contain one of the
    /// alerts.</param>
    /// <param name="silences">Silences that are active at <paramref name="now"/>.</param>
    /// <param name="past">Closed incidents among which the most similar one is looked up.</param>
    /// <param name="options">When alerts are grouped.</param>
    /// <param name="now">Time by the Worker's clock.</param>
    public static LedgerEntry Apply(
        IReadOnlyList<AlertChange> changes,
        IEnumerable<Incident> known,
        IReadOnlyList<Silence> silences,
        IReadOnlyCollection<IncidentOutline> past,
        IncidentOptions options,
        DateTimeOffset now)
    {
        var incidents = known.ToDictionary(incident => incident.Id);
        var homes = incidents.Values.SelectMany(incident => incident.Alerts, (incident, alert) => (alert, incident.Id))
            .ToDictionary(held => held.alert.Id, held => (held.alert, held.Id));
        var drafts = new Dictionary<string, IncidentDraft>();
        var outcomes = new List<AlertOutcome>(changes.Count);
        var alerts = changes
            .GroupBy(change => change.Alert.Id)
            .OrderBy(group => group.Min(change => change.Alert.OpenedAt))
            .ThenBy(group => group.Key, StringComparer.Ordinal);
        foreach (var group in alerts)
        {
            var (before, homeId) = homes.GetValueOrDefault(group.Key);
            var (after, steps) = Fold(before, group);
            if (steps.TrueForAll(step => step.Reason is AlertReason.Duplicate or AlertReason.Late))
            {
                outcomes.AddRange(steps);
                continue;
            }

            var home = homeId is null ? IncidentGrouping.Choose(after, incidents.Values, options) : incidents[homeId];
            var draft = Draft(drafts, home, after, now);
            Record(draft, before, after);
            incidents[draft.Now.Id] = draft.Now;
            outcomes.AddRange(steps.Select(step => Named(step, draft.Now.Id, isNew: home is null)));
        }

        return new LedgerEntry([.. drafts.Values.Select(draft => Finish(draft, silences, past))], [.. outcomes]);
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

    private static IncidentDraft Draft(
        Dictionary<string, IncidentDraft> drafts, Incident? home, Alert first, DateTimeOffset now)
    {
        if (home is not null && drafts.TryGetValue(home.Id, out var draft))
        {
            return draft;
        }

        var incident = home ?? new Incident
        {
            Id = AlertId.Hash("incident", first.Service, first.Id),
            Capability = first.Capability,
            Service = first.Service,
            Severity = first.Severity,
            OpenedAt = first.OpenedAt,
            UpdatedAt = first.UpdatedAt,
            Title = first.Document.Sentence,
            Alerts = [],
        };
        return drafts[incident.Id] = new IncidentDraft(home, incident, now);
    }

    private static void Record(IncidentDraft draft, Alert? before, Alert after)
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

        if (before is null)
        {
            draft.Added.Add(after.Id);
        }

        // Ranked once, at the end: an outage brings thousands.
        var alerts = before is null ? old.Alerts.Add(after) : old.Alerts.SetItem(IndexOf(old.Alerts, after.Id), after);
        draft.Now = old with
        {
            Alerts = alerts,
            Severity = after.Severity > old.Severity ? after.Severity : old.Severity,
            OpenedAt = after.OpenedAt < old.OpenedAt ? after.OpenedAt : old.OpenedAt,
            UpdatedAt = after.UpdatedAt > old.UpdatedAt ? after.UpdatedAt : old.UpdatedAt,
            HeldFrom = alerts.Any(alert => alert.ClosedAt is null) ? null : old.HeldFrom ?? draft.At,
            ClosedAt = reopened ? null : old.ClosedAt,
        };
    }

    private static int IndexOf(ImmutableArray<Alert> alerts, string id)
    {
        var index = 0;
        while (alerts[index].Id != id)
        {
            index++;
        }

        return index;
    }

    /// <summary>Ranks the alerts, and adds the most similar past incident to the new ones.</summary>
    private static IncidentRevision Finish(
        IncidentDraft draft, IReadOnlyList<Silence> silences, IReadOnlyCollection<IncidentOutline> past)
    {
        var alerts = AlertRank.Order(draft.Now.Alerts);
        draft.Now = draft.Now with { Alerts = alerts, Title = alerts[0].Document.Sentence };
        if (draft.Added.Count > 0 && IncidentSimilarity.Closest(draft.Now, past, 1) is [var similar])
        {
            draft.Now = draft.Now with
            {
                Alerts = [.. alerts.Select(alert => draft.Added.Contains(alert.Id)
                    ? alert with { Document = alert.Document with { Similar = similar.Incident } }
                    : alert)],
            };
        }

        return draft.Finish(silences);
    }

    private static string Name(Severity severity) => severity.ToString().ToLowerInvariant();
}

/// <summary>The result of a batch of changes.</summary>
/// <param name="Revisions">One for each incident that changed.</param>
/// <param name="Outcomes">One for each change, with its reason.</param>
public sealed record LedgerEntry(ImmutableArray<IncidentRevision> Revisions, ImmutableArray<AlertOutcome> Outcomes);
