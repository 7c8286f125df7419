using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Detection;
using Cpf.Ml.Scoring.Transactions.Evidence;

namespace Cpf.Ml.Training.Transactions.Learning;

/// <summary>Options that every series of a model shares.</summary>
internal sealed record EstateOptions(string Zone, bool FrenchHolidays, double AlertsPerDay, int QuietPoints)
{
    public SeriesMonitor CreateMonitor(MetricKind kind) => new(
        new SeriesDetectorOptions { Kind = kind, Zone = Zone, FrenchHolidays = FrenchHolidays },
        new AlertRuleOptions { QuietPoints = QuietPoints, OnlyHigherIsBad = MetricKinds.OnlyHigherIsBad(kind) });
}

/// <summary>Replays the history of a series: each point is scored by what was learned before it, then
/// learned.</summary>
internal static class Replay
{
    /// <param name="observer">Called for each point with its assessment.</param>
    /// <returns>The monitor at the end of the history.</returns>
    public static SeriesMonitor Run(HistorySeries series, EstateOptions options, PointObserver? observer = null)
    {
        var monitor = options.CreateMonitor(series.Kind);
        foreach (var point in series.Points)
        {
            var transition = monitor.Step(
                point, Math.Min(0.5, options.AlertsPerDay / monitor.Detector.PointsPerDay), out var assessment);
            observer?.Invoke(point, assessment, transition);
        }

        return monitor;
    }
}

internal delegate void PointObserver(in Observation point, in PointAssessment assessment, AlertTransition transition);
