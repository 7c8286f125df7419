using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Shares the alert budget of the estate among its points: alerts a day ÷ points a day. Thread-safe.</summary>
internal sealed class AlertsPerPoint(AlertBudget budget, SeriesCatalog catalog)
{
    /// <summary>One alert in a hundred points is noise on any estate, however large the budget.</summary>
    private const double Max = 0.01;

    /// <summary>Points a day of a series that was not counted yet: one a minute.</summary>
    private const double NewSeries = 1440;
    private Count _counted = new(0, 0);

    public double Value
    {
        get
        {
            var counted = Volatile.Read(ref _counted);
            var points = counted.PointsPerDay + (NewSeries * Math.Max(0, catalog.Count - counted.Series));
            return Math.Clamp(budget.PerDay / Math.Max(1, points), 1e-12, Max);
        }
    }

    /// <summary>Counts the points per day of all series.</summary>
    /// <param name="all">Every series that has had a sample.</param>
    public void Refresh(IEnumerable<MonitoredSeries> all)
    {
        var (series, points) = (0, 0.0);
        foreach (var (_, state) in all)
        {
            series++;
            points += state.PointsPerDay;
        }

        Volatile.Write(ref _counted, new Count(series, points));
    }

    private sealed record Count(int Series, double PointsPerDay);
}
