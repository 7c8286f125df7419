using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Detection;
using Cpf.Ml.Training.Transactions.Generation;

namespace Cpf.Ml.Training.Transactions.Evaluation;

/// <summary>Faults found in the first days after a start, warm with a learned history and cold without.</summary>
internal static class WarmStart
{
    /// <summary>Four weeks, faults and all: a real history is not clean either.</summary>
    private const int HistoryDays = 28;
    private const long Day = 86_400_000;

    /// <param name="Days">From the start on.</param>
    /// <param name="Events">Faults that begin in these days.</param>
    /// <param name="Found">Those with an alert.</param>
    /// <param name="FalsePerDay">Alerts a series and day that no fault is near.</param>
    internal readonly record struct Result(string Start, int Days, int Events, int Found, double FalsePerDay);

    public static IEnumerable<Result> Measure(IReadOnlyList<LabelledSeries> series)
    {
        foreach (var days in new[] { 2, 7 })
        {
            yield return Measure(series, "cold", days, warm: false);
            yield return Measure(series, "warm", days, warm: true);
        }
    }

    private static Result Measure(IReadOnlyList<LabelledSeries> series, string start, int days, bool warm)
    {
        var (events, found, wrong) = (0, 0, 0);
        foreach (var labelled in series)
        {
            var scored = new ScoredSeries(labelled, [], [], []);
            var monitor = MonitorOf(labelled);
            var opened = new List<int>();
            var from = labelled.Points[0].Timestamp + (HistoryDays * Day);
            for (var i = 0; i < labelled.Points.Count && labelled.Points[i].Timestamp < from + (days * Day); i++)
            {
                var serving = labelled.Points[i].Timestamp >= from;
                if (warm || serving)
                {
                    var transition = monitor.Step(
                        labelled.Points[i],
                        AlertRuleOptions.DefaultAlertsPerDay / monitor.Detector.PointsPerDay, out _);
                    if (serving && transition == AlertTransition.Open)
                    {
                        opened.Add(i);
                    }
                }
            }

            wrong += opened.Count(row => !scored.NearEvent[row]);
            foreach (var e in labelled.Events.Where(
                e => labelled.Points[e.First].Timestamp >= from
                    && labelled.Points[e.First].Timestamp < from + (days * Day)))
            {
                events++;
                found += opened.Exists(
                    row => row >= e.First - ScoredSeries.Tolerance && row <= e.Last + ScoredSeries.Tolerance) ? 1 : 0;
            }
        }

        return new Result(start, days, events, found, wrong / (double)(days * series.Count));
    }

    private static SeriesMonitor MonitorOf(LabelledSeries series) =>
        new(new SeriesDetectorOptions { Kind = series.Kind }, new AlertRuleOptions());
}
