using Prometheus;

namespace Cpf.Ml.Worker.Ingest.Pipeline;

/// <summary>Metrics of the sources. Their names come from the program or its configuration, never from a
/// request.</summary>
internal sealed class IngestMeters(IMetricFactory metrics)
{
    public Counter Accepted { get; } = metrics.CreateCounter(
        "cpfml_ingest_accepted_total", "Samples and events accepted and scored.", ["source"]);

    public Counter Rejected { get; } = metrics.CreateCounter(
        "cpfml_ingest_rejected_total", "Samples and events rejected, by reason.", ["source", "reason"]);

    public Counter Failures { get; } = metrics.CreateCounter(
        "cpfml_ingest_failures_total", "Requests or polls that failed as a whole.", ["source"]);

    public Gauge LastReceipt { get; } = metrics.CreateGauge(
        "cpfml_ingest_last_receipt_timestamp_seconds", "When the source last brought something.", ["source"]);

    public Gauge NewestSample { get; } = metrics.CreateGauge(
        "cpfml_ingest_newest_sample_timestamp_seconds", "Timestamp of the newest sample of the source.", ["source"]);
}
