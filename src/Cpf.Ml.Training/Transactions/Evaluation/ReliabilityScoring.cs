
namespace Cpf.Ml.Training.Transactions.Evaluation;

/// <summary>Whether published p-values and alerts keep their word.</summary>
internal static class ReliabilityScoring
{
    /// <summary>
    /// How many times more often than promised p-values at or below a rate come, where nothing is wrong; 1 is a kept
    /// promise.
    /// </summary>
    public static double Exceedance(IReadOnlyList<ScoredSeries> series, double nominal)
    {
        var (rare, all) = (0L, 0L);
        foreach (var one in series)
        {
            for (var i = one.From; i < one.PValues.Length; i++)
            {
                if (!one.NearEvent[i] && double.IsFinite(one.Series.Points[i].Value))
                {
                    all++;
                    rare += one.PValues[i] <= nominal ? 1 : 0;
                }
            }
        }

        return rare / (nominal * all);
    }

    /// <param name="PerDay">Alerts a series and day that no event is near.</param>
    /// <param name="Precision">Share of alerts that open in an event or near one.</param>
    /// <param name="Recall">Share of events with an alert.</param>
    /// <param name="Delay">Points from an event's first row to its alert, median over events with one.</param>
    internal readonly record struct Alerts(double PerDay, double Precision, double Recall, double Delay);

    public static Alerts Measure(IReadOnlyList<ScoredSeries> series)
    {
        var (near, far, events) = (0, 0, 0);
        var delays = new List<double>();
        foreach (var one in series)
        {
            var opened = one.Opened.Where(row => row >= one.From).ToList();
            near += opened.Count(row => one.NearEvent[row]);
            far += opened.Count(row => !one.NearEvent[row]);
            foreach (var e in one.Series.Events.Where(e => e.First >= one.From))
            {
                events++;
                var first = opened.FindIndex(
                    row => row >= e.First - ScoredSeries.Tolerance && row <= e.Last + ScoredSeries.Tolerance);
                if (first >= 0)
                {
                    delays.Add(Math.Max(0, opened[first] - e.First));
                }
            }
        }

        delays.Sort();
        return new Alerts(
            far / series.Sum(one => one.Days),
            near / (double)(near + far),
            delays.Count / (double)events,
            delays.Count > 0 ? delays[delays.Count / 2] : double.NaN);
    }
}
