using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Alerts;

/// <summary>Orders the alerts of an incident by how much each explains it.</summary>
public static class AlertRank
{
    /// <summary>Orders alerts: open before closed, then by severity, score, deviation in noise, p-value; of equal ones
    /// the earlier first.</summary>
    /// <param name="alerts">The alerts of an incident, in any order.</param>
    public static ImmutableArray<Alert> Order(IEnumerable<Alert> alerts) =>
    [
        .. alerts
            .OrderBy(alert => alert.ClosedAt is not null)
            .ThenByDescending(alert => alert.Severity)
            .ThenByDescending(alert => alert.Document.Score)
            .ThenByDescending(alert => Math.Abs(alert.Document.DeviationNoise ?? 0))
            .ThenBy(alert => alert.Document.PValue)
            .ThenBy(alert => alert.OpenedAt)
            .ThenBy(alert => alert.Id, StringComparer.Ordinal),
    ];
}
