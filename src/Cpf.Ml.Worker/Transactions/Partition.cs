using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Ingest;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Series that one writer scores. Not thread-safe: whoever touches it holds <see cref="Gate"/>.</summary>
internal sealed class Partition(
    TransactionsSettings settings,
    SeriesAlerts alerts,
    AlertsPerPoint budget,
    PointHistory history,
    TransactionsMetrics metrics,
    TimeProvider time)
{
    private readonly List<WatchedSeries> _series = [];

    /// <summary>Held while samples are scored and until what they raised is committed, so that a checkpoint never sees half of it.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    public IReadOnlyList<WatchedSeries> Series => _series;

    public void Add(WatchedSeries series)
    {
        series.Entry.Watched = series;
        _series.Add(series);
    }

    /// <param name="sample">The next sample.</param>
    /// <param name="changes">Takes what happened to alerts.</param>
    public void Take(in Sample sample, List<AlertChange> changes)
    {
        if (sample.Series.IsAnother)
        {
            Forget(sample.Series, changes);
        }

        var series = sample.Series.Watched as WatchedSeries ?? Begin(sample.Series);
        series.ReceivedAt = (sample.Series.Clock ?? time).GetUtcNow().ToUnixTimeMilliseconds();
        series.IsDirty = true;
        if (!series.TryPoint(sample, out var point, out var late))
        {
            if (late)
            {
                metrics.PointsLate.Inc();
            }

            return;
        }

        if (series.Hour.IsOver(point.Timestamp))
        {
            history.Keep(series.Entry.Identity.Id, series.Hour);
            series.Hour.Clear();
        }

        var transition = series.Watch.Step(point, budget.Value, out var assessment);
        series.Keep(point, assessment);
        if (point.Timestamp < series.Entry.AlertsFrom)
        {
            return;
        }

        if (transition is AlertTransition.Update or AlertTransition.Escalate && series.Alert is null)
        {
            // It began in what was history; now it concerns somebody.
            transition = AlertTransition.Open;
        }

        if (transition != AlertTransition.None && alerts.Change(series, transition, point, assessment) is { } change)
        {
            changes.Add(change);
        }
    }

    /// <summary>What was learnt says nothing of what comes, and an open alert is about something that nobody measures any more.</summary>
    private void Forget(SeriesEntry entry, List<AlertChange> changes)
    {
        entry.IsAnother = false;
        if (entry.Watched is not WatchedSeries series)
        {
            return;
        }

        _series.Remove(series);
        entry.Watched = null;
        if (series.Alert?.Alert is { } alert)
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(series.LastTimestamp);
            changes.Add(new AlertChange(AlertTransition.Close, alert with { UpdatedAt = at, ClosedAt = at }));
        }
    }

    private WatchedSeries Begin(SeriesEntry entry)
    {
        var series = new WatchedSeries(entry, new SeriesWatch(settings.Detector(entry.Kind), settings.Rule(entry.Kind)));
        Add(series);
        return series;
    }
}
