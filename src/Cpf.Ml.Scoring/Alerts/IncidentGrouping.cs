namespace Cpf.Ml.Scoring.Alerts;

/// <summary>Finds the incident that a new alert belongs to.</summary>
public static class IncidentGrouping
{
    /// <summary>
    /// An incident of the service that is not closed, and of which an alert opened within <see cref="IncidentOptions.GroupWithin"/>,
    /// or the same series alerted, or that had gone quiet no longer than <see cref="IncidentOptions.Hold"/> before.
    /// Of several, one with the same series, then the nearest in time, then the oldest.
    /// </summary>
    /// <returns>Null when the alert is an incident of its own.</returns>
    public static Incident? Choose(Alert alert, IEnumerable<Incident> candidates, IncidentOptions options) =>
        candidates
            .Where(incident => incident.Service == alert.Service && incident.ClosedAt is null)
            .Where(incident => Belongs(alert, incident, options))
            .OrderByDescending(incident => incident.Alerts.Any(known => SameSeries(known, alert)))
            .ThenBy(incident => incident.Alerts.Min(known => (known.OpenedAt - alert.OpenedAt).Duration()))
            .ThenBy(incident => incident.OpenedAt)
            .ThenBy(incident => incident.Id, StringComparer.Ordinal)
            .FirstOrDefault();

    private static bool Belongs(Alert alert, Incident incident, IncidentOptions options)
    {
        if (incident.Alerts.Any(known => (known.OpenedAt - alert.OpenedAt).Duration() <= options.GroupWithin))
        {
            return true;
        }

        var earlier = incident.Alerts.Where(known => known.OpenedAt <= alert.OpenedAt).ToList();
        if (earlier.Count == 0)
        {
            return false;
        }

        // Alerts of one series never overlap: the same series again is a recurrence while anything of the incident lasts.
        if (earlier.Any(known => known.ClosedAt is null || known.ClosedAt > alert.OpenedAt))
        {
            return earlier.Any(known => SameSeries(known, alert));
        }

        return alert.OpenedAt - earlier.Max(known => known.ClosedAt) <= options.Hold;
    }

    private static bool SameSeries(Alert one, Alert other) => one.SeriesId == other.SeriesId && one.Rule == other.Rule;
}
