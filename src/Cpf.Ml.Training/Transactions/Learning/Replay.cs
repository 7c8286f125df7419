using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Detection;
using Cpf.Ml.Scoring.Transactions.Evidence;

namespace Cpf.Ml.Training.Transactions.Learning;

/// <summary>What is the same for every series of a model.</summary>
internal sealed record EstateOptions(string Zone, bool FrenchHolidays, double AlertsPerDay, int QuietPoints)
{
    public SeriesMonitor CreateMonitor(MetricKind kind) => new(
        new SeriesDetectorOptions { Kind = kind, Zone = Zone, FrenchHolidays = FrenchHolidays },
        new AlertRuleOptions { QuietPoints = QuietPoints, OnlyHigherIsBad = MetricKinds.OnlyHigherIsBad(kind) });
}

/// <summary>Lets a series' history come as it came: each point is judged by what was before it, then learnt.</summary>
internal static class Replay
{
    /// <param name="see">Is told each point with what was said of it.</param>
    /// <returns>The monitor as it is at the end.</returns>
    public static SeriesMonitor Run(HistorySeries series, EstateOptions options, PointSeen? see = null)
    {
        var monitor = options.CreateMonitor(series.Kind);
        foreach (var point in series.Points)
        {
            var transition = monitor.Step(
                point, Math.Min(0.5, options.AlertsPerDay / monitor.Detector.PointsPerDay), out var assessment);
            see?.Invoke(point, assessment, transition);
        }

        return monitor;
    }
}

internal delegate void PointSeen(in Observation point, in PointAssessment assessment, AlertTransition transition);
