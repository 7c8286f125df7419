using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Transactions.Detection;

namespace Cpf.Ml.Scoring.Transactions.Alerting;

/// <summary>A configuration under which a series is replayed.</summary>
/// <param name="Detector">How points are scored.</param>
/// <param name="Rule">When alerts close, and what they are raised for.</param>
/// <param name="AlertsPerDay">False alerts allowed a day and series, above 0.</param>
public sealed record JudgingOptions(SeriesDetectorOptions Detector, AlertRuleOptions Rule, double AlertsPerDay);

/// <summary>An alert that a replay raised.</summary>
/// <param name="OpenedAt">First anomalous point, UTC.</param>
/// <param name="ClosedAt">The point at which it closed, UTC; null when still open at the last point.</param>
/// <param name="Severity">The highest that it reached.</param>
/// <param name="Score">The highest of its points, 0–100.</param>
public sealed record ReplayedAlert(DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, Severity Severity, double Score);

/// <summary>The difference that another configuration makes to the alerts of a history.</summary>
/// <param name="Unchanged">Alerts of the current configuration that overlap with one of the other.</param>
/// <param name="Removed">Alerts that the other configuration does not raise.</param>
/// <param name="Added">Alerts that only the other configuration raises.</param>
public sealed record AlertDifference(
    IReadOnlyList<ReplayedAlert> Unchanged, IReadOnlyList<ReplayedAlert> Removed, IReadOnlyList<ReplayedAlert> Added);

/// <summary>Replays a history to show what another configuration would have alerted.</summary>
/// <remarks>A replay starts with an empty state: the first two days are learned only, under either
/// configuration.</remarks>
public static class AlertReplay
{
    /// <summary>No budget allows more than an alert every other point.</summary>
    private const double MaxBudgetPerPoint = 0.5;

    /// <summary>Replays a history under two configurations and compares their alerts.</summary>
    /// <param name="points">Oldest first.</param>
    /// <param name="before">The current configuration.</param>
    /// <param name="after">The other one.</param>
    public static AlertDifference Compare(
        IReadOnlyList<Observation> points, JudgingOptions before, JudgingOptions after)
    {
        var (current, other) = (Run(points, before), Run(points, after));
        return new AlertDifference(
            [.. current.Where(alert => other.Any(match => Overlap(alert, match)))],
            [.. current.Where(alert => !other.Any(match => Overlap(alert, match)))],
            [.. other.Where(alert => !current.Any(match => Overlap(alert, match)))]);
    }

    /// <summary>Replays a history.</summary>
    /// <param name="points">Oldest first.</param>
    /// <param name="options">The configuration.</param>
    /// <returns>The alerts raised, oldest first.</returns>
    public static IReadOnlyList<ReplayedAlert> Run(IEnumerable<Observation> points, JudgingOptions options)
    {
        var monitor = new SeriesMonitor(options.Detector, options.Rule);
        var alerts = new List<ReplayedAlert>();
        foreach (var point in points)
        {
            var budget = Math.Min(MaxBudgetPerPoint, options.AlertsPerDay / monitor.Detector.PointsPerDay);
            var transition = monitor.Step(point, budget, out var assessment);
            switch (transition)
            {
                case AlertTransition.Open:
                    alerts.Add(new ReplayedAlert(
                        DateTimeOffset.FromUnixTimeMilliseconds(monitor.Rule.Since),
                        null, monitor.Rule.Severity, assessment.Score.Percent));
                    break;
                case AlertTransition.Close:
                    alerts[^1] =
                        alerts[^1] with { ClosedAt = DateTimeOffset.FromUnixTimeMilliseconds(point.Timestamp) };
                    break;
                case AlertTransition.Update or AlertTransition.Escalate:
                    alerts[^1] = alerts[^1] with
                    {
                        Severity = monitor.Rule.Severity,
                        Score = Math.Max(alerts[^1].Score, assessment.Score.Percent)
                    };
                    break;
            }
        }

        return alerts;
    }

    private static bool Overlap(ReplayedAlert first, ReplayedAlert second) =>
        first.OpenedAt <= (second.ClosedAt ?? DateTimeOffset.MaxValue)
            && second.OpenedAt <= (first.ClosedAt ?? DateTimeOffset.MaxValue);
}
