namespace Cpf.Ml.Scoring.Alerts;

/// <summary>Merges changes into an alert, in whatever order they arrive.</summary>
public static class AlertMerge
{
    /// <summary>Merges one change. Repeating a change is a <see cref="AlertReason.Duplicate"/>; a change of a closed
    /// alert is
    /// <see cref="AlertReason.Late"/>.</summary>
    /// <param name="known">The alert before the change; null when it is new.</param>
    /// <param name="change">The change.</param>
    /// <returns>The alert after the change, and what the change did.</returns>
    public static (Alert Alert, AlertReason Reason) Apply(Alert? known, AlertChange change)
    {
        var incoming = change.Alert with
        {
            ClosedAt = change.Transition == AlertTransition.Close ? change.Alert.ClosedAt ?? change.Alert.UpdatedAt
                : change.Alert.ClosedAt,
            Document = Finite(change.Alert.Document),
        };
        if (known is null)
        {
            return (incoming, incoming.ClosedAt is null ? AlertReason.Opened : AlertReason.Closed);
        }

        if (known.ClosedAt is not null)
        {
            return (known, change.Transition == AlertTransition.Close ? AlertReason.Duplicate : AlertReason.Late);
        }

        var escalates = incoming.Severity > known.Severity;
        var closes = incoming.ClosedAt is not null;
        if (!escalates && !closes && incoming.UpdatedAt <= known.UpdatedAt)
        {
            return (known, AlertReason.Duplicate);
        }

        var newer = incoming.UpdatedAt >= known.UpdatedAt ? incoming : known;
        var merged = newer with
        {
            Severity = escalates ? incoming.Severity : known.Severity,
            ClosedAt = incoming.ClosedAt,

            // Added by the store at the opening; later reports do not contain it.
            Document = newer.Document with
            {
                PastWeeks = newer.Document.PastWeeks.IsEmpty ? known.Document.PastWeeks : newer.Document.PastWeeks,
                Similar = newer.Document.Similar ?? known.Document.Similar,
            },
        };
        return (merged, closes ? AlertReason.Closed : escalates ? AlertReason.Escalated : AlertReason.Updated);
    }

    /// <summary>Numbers that JSON cannot represent become unknown.</summary>
    private static AlertDocument Finite(AlertDocument document) => document with
    {
        Observed = Finite(document.Observed),
        Expected = Finite(document.Expected),
        DeviationPercent = Finite(document.DeviationPercent),
        DeviationNoise = Finite(document.DeviationNoise),
        Band99 = Finite(document.Band99),
        Band999 = Finite(document.Band999),
        Score = double.IsFinite(document.Score) ? document.Score : 0,
        PValue = double.IsFinite(document.PValue) ? document.PValue : 1,
        PastWeeks = [.. document.PastWeeks.Where(moment => double.IsFinite(moment.Value))],
    };

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private static Band? Finite(Band? band) =>
        band is { } found && double.IsFinite(found.Lower) && double.IsFinite(found.Upper) ? found : null;
}
