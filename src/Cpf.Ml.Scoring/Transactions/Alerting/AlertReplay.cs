using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Transactions.Detection;

namespace Cpf.Ml.Scoring.Transactions.Alerting;

/// <summary>How a series would be judged.</summary>
/// <param name="AlertsPerDay">Alerts allowed a day and series, above 0.</param>
public sealed record JudgingOptions(SeriesDetectorOptions Detector, AlertRuleOptions Rule, double AlertsPerDay);

/// <param name="OpenedAt">First strange point, UTC.</param>
/// <param name="ClosedAt">Null: still open at the last point.</param>
/// <param name="Severity">The worst.</param>
/// <param name="Score">The highest, 0–100.</param>
public sealed record ReplayedAlert(DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, Severity Severity, double Score);

/// <summary>What another configuration would change of the alerts of a past.</summary>
/// <param name="Both">Alerts of the configuration before that overlap with one of the other.</param>
/// <param name="Gone">Those that the other does not raise.</param>
/// <param name="New">Those that only the other raises.</param>
public sealed record AlertDifference(
    IReadOnlyList<ReplayedAlert> Both, IReadOnlyList<ReplayedAlert> Gone, IReadOnlyList<ReplayedAlert> New);

/// <summary>Judges a past as if it came now: the answer to "what if" before a configuration is changed.</summary>
/// <remarks>A replay begins with nothing known: the first two days teach, under either configuration.</remarks>
public static class AlertReplay
{
    /// <summary>No budget asks for less than a coin's toss a point.</summary>
    private const double MostPerPoint = 0.5;

    /// <param name="points">Oldest first.</param>
    public static AlertDifference Compare(
        IReadOnlyList<Observation> points, JudgingOptions before, JudgingOptions after)
    {
        var (one, other) = (Run(points, before), Run(points, after));
        return new AlertDifference(
            [.. one.Where(alert => other.Any(another => Overlap(alert, another)))],
            [.. one.Where(alert => !other.Any(another => Overlap(alert, another)))],
            [.. other.Where(alert => !one.Any(another => Overlap(alert, another)))]);
    }

    /// <summary>The alerts of a past, oldest first.</summary>
    /// <param name="points">Oldest first.</param>
    public static IReadOnlyList<ReplayedAlert> Run(IEnumerable<Observation> points, JudgingOptions options)
    {
        var watch = new SeriesWatch(options.Detector, options.Rule);
        var alerts = new List<ReplayedAlert>();
        foreach (var point in points)
        {
            var transition = watch.Step(
                point, Math.Min(MostPerPoint, options.AlertsPerDay / watch.Detector.PointsPerDay), out var assessment);
            switch (transition)
            {
                case AlertTransition.Open:
                    alerts.Add(new ReplayedAlert(
                        DateTimeOffset.FromUnixTimeMilliseconds(watch.Rule.Since),
                        null, watch.Rule.Severity, assessment.Score.Percent));
                    break;
                case AlertTransition.Close:
                    alerts[^1] =
                        alerts[^1] with { ClosedAt = DateTimeOffset.FromUnixTimeMilliseconds(point.Timestamp) };
                    break;
                case AlertTransition.Update or AlertTransition.Escalate:
                    alerts[^1] = alerts[^1] with
                    {
                        Severity = watch.Rule.Severity,
                        Score = Math.Max(alerts[^1].Score, assessment.Score.Percent)
                    };
                    break;
            }
        }

        return alerts;
    }

    private static bool Overlap(ReplayedAlert one, ReplayedAlert other) =>
        one.OpenedAt <= (other.ClosedAt ?? DateTimeOffset.MaxValue)
            && other.OpenedAt <= (one.ClosedAt ?? DateTimeOffset.MaxValue);
}
