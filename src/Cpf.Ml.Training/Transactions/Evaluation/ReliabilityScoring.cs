namespace Cpf.Ml.Training.Transactions.Evaluation;

/// <summary>Calibration of published p-values, and precision and recall of alerts.</summary>
internal static class ReliabilityScoring
{
    /// <summary>
    /// Observed ÷ nominal rate of p-values outside events; 1 is perfectly calibrated.
    /// </summary>
    public static double Exceedance(IReadOnlyList<ScoredSeries> series, double nominal)
    {
        var (rare, all) = (0L, 0L);
        foreach (var scored in series)
        {
            for (var i = scored.From; i < scored.PValues.Length; i++)
            {
                if (!scored.NearEvent[i] && double.IsFinite(scored.Series.Points[i].Value))
                {
                    all++;
                    rare += scored.PValues[i] <= nominal ? 1 : 0;
                }
            }
        }

        return rare / (nominal * all);
    }

    /// <param name="PerDay">False alerts a series and day: those that no event is near.</param>
    /// <param name="Precision">Share of alerts that open in an event or near one.</param>
    /// <param name="Recall">Share of events with an alert.</param>
    /// <param name="Delay">Points from an event's first row to its alert, median over events with one.</param>
    internal readonly record struct Alerts(double PerDay, double Precision, double Recall, double Delay);

    public static Alerts Measure(IReadOnlyList<ScoredSeries> series)
    {
        var (near, far, events) = (0, 0, 0);
        var delays = new List<double>();
        foreach (var scored in series)
        {
            var opened = scored.Opened.Where(row => row >= scored.From).ToList();
            near += opened.Count(row => scored.NearEvent[row]);
            far += opened.Count(row => !scored.NearEvent[row]);
            foreach (var e in scored.Series.Events.Where(e => e.First >= scored.From))
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
            far / series.Sum(scored => scored.Days),
            near / (double)(near + far),
            delays.Count / (double)events,
            delays.Count > 0 ? delays[delays.Count / 2] : double.NaN);
    }
}
