namespace Cpf.Ml.Scoring.Alerts;

/// <summary>Finds the incident that a new alert belongs to.</summary>
internal static class IncidentGrouping
{
    /// <summary>
    /// An incident of the capability and service that is not closed, and of which an alert opened within
    /// <see cref="IncidentOptions.GroupWithin"/>; or that is still on, and the newest opening is within
    /// <see cref="IncidentOptions.JoinWithin"/> or the same series alerted; or that had gone quiet no longer than
    /// <see cref="IncidentOptions.Hold"/> before. Of several, one with the same series, then the nearest in time, then
    /// the oldest.
    /// </summary>
    /// <returns>Null when the alert is an incident of its own.</returns>
    public static Incident? Choose(Alert alert, IEnumerable<Incident> candidates, IncidentOptions options) =>
        candidates
            .Where(incident => incident.Capability == alert.Capability && incident.Service == alert.Service
                && incident.ClosedAt is null)
            .Select(incident => (Incident: incident, Fit: Fit.Of(alert, incident)))
            .Where(candidate => candidate.Fit.Belongs(options))
            .OrderByDescending(candidate => candidate.Fit.SameSeries)
            .ThenBy(candidate => candidate.Fit.Nearest)
            .ThenBy(candidate => candidate.Incident.OpenedAt)
            .ThenBy(candidate => candidate.Incident.Id, StringComparer.Ordinal)
            .Select(candidate => candidate.Incident)
            .FirstOrDefault();

    /// <summary>How an alert lies to an incident, in one pass over its alerts: an outage has thousands.</summary>
    /// <param name="Nearest">To the nearest opening, in either direction.</param>
    /// <param name="SinceOpening">Since the newest opening before the alert; null when none was.</param>
    /// <param name="SinceClosing">Since the last of the earlier alerts closed; null while one is open.</param>
    /// <param name="SameSeries">The series alerted in this incident.</param>
    /// <param name="Recurs">And did so before the alert.</param>
    private readonly record struct Fit(
        TimeSpan Nearest, TimeSpan? SinceOpening, TimeSpan? SinceClosing, bool SameSeries, bool Recurs)
    {
        public static Fit Of(Alert alert, Incident incident)
        {
            var (nearest, opening, closing) = (TimeSpan.MaxValue, TimeSpan.MaxValue, TimeSpan.MaxValue);
            var (any, open, same, recurs) = (false, false, false, false);
            foreach (var known in incident.Alerts)
            {
                var before = alert.OpenedAt - known.OpenedAt;
                var isSame = known.SeriesId == alert.SeriesId && known.Rule == alert.Rule;
                nearest = Min(nearest, before.Duration());
                same |= isSame;
                if (before < TimeSpan.Zero)
                {
                    continue;
                }

                any = true;
                recurs |= isSame;
                opening = Min(opening, before);
                open |= known.ClosedAt is null || known.ClosedAt > alert.OpenedAt;
                closing = known.ClosedAt is { } closed ? Min(closing, alert.OpenedAt - closed) : closing;
            }

            return new Fit(nearest, any ? opening : null, any && !open ? closing : null, same, recurs);
        }

        public bool Belongs(IncidentOptions options)
        {
            if (Nearest <= options.GroupWithin)
            {
                return true;
            }

            // Alerts of one series never overlap: the same series again is a recurrence while anything of the incident
            // lasts.
            return SinceClosing is { } quiet ? quiet <= options.Hold
                : SinceOpening is { } opened && (Recurs || opened <= options.JoinWithin);
        }

        private static TimeSpan Min(TimeSpan first, TimeSpan second) => first < second ? first : second;
    }
}
