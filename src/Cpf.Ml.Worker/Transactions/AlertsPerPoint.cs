using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Ingest;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Shares the alert budget of the estate among its points: alerts a day ÷ points a day. Thread-safe.</summary>
internal sealed class AlertsPerPoint(AlertBudget budget, SeriesCatalog catalog)
{
    /// <summary>One alert in a hundred points is noise on any estate, however large the budget.</summary>
    private const double Most = 0.01;
    private double _value = Most;

    public double Value => Volatile.Read(ref _value);

    /// <summary>Counts the estate's points a day anew.</summary>
    public void Refresh()
    {
        var points = catalog.Entries.Sum(entry => entry.Watched is WatchedSeries watched ? watched.Watch.Detector.PointsPerDay : 0);
        Volatile.Write(ref _value, Math.Clamp(budget.PerDay / Math.Max(1, points), 1e-12, Most));
    }
}
