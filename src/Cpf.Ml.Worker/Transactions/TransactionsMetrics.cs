using Prometheus;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Metrics of the scoring loops.</summary>
internal sealed class TransactionsMetrics(IMetricFactory metrics)
{
    public Counter PointsScored { get; } = metrics.CreateCounter(
        "cpfml_points_scored_total", "Samples taken by the scoring loops and not refused.");

    public Counter PointsLate { get; } = metrics.CreateCounter(
        "cpfml_points_late_total",
        "Samples at or before the newest one of their series: repeated or out of order, not scored.");

    public Counter PointsFailed { get; } = metrics.CreateCounter(
        "cpfml_points_failed_total", "Samples that the scoring failed on: a fault of the service, written to its log.");

    public Gauge SeriesWatched { get; } = metrics.CreateGauge("cpfml_series_watched", "Series that are known.");

    public Histogram CheckpointSeconds { get; } = metrics.CreateHistogram(
        "cpfml_checkpoint_duration_seconds", "Time to write down the states that changed.");

    public Gauge CheckpointTime { get; } = metrics.CreateGauge(
        "cpfml_checkpoint_last_success_timestamp_seconds", "When the last checkpoint was complete.");

    public Counter CommitFailures { get; } = metrics.CreateCounter(
        "cpfml_alert_commit_failures_total", "Attempts to store alert changes that failed and were repeated.");
}
