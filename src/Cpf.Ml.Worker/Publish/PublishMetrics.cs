using Prometheus;

namespace Cpf.Ml.Worker.Publish;

/// <summary>How publishing is doing, for Prometheus.</summary>
internal sealed class PublishMetrics(IMetricFactory metrics)
{
    private readonly Counter _delivered = metrics.CreateCounter(
        "cpfml_notices_delivered_total", "News of incidents that arrived at a receiver.", ["publisher"]);

    private readonly Counter _failed = metrics.CreateCounter(
        "cpfml_notice_delivery_failures_total", "Tries to deliver news of incidents that failed.", ["publisher"]);

    private readonly Histogram _delay = metrics.CreateHistogram(
        "cpfml_notice_delivery_delay_seconds",
        "Time from the commit of news of an incident to their arrival at the receiver.",
        ["publisher"],
        new HistogramConfiguration { Buckets = [0.01, 0.05, 0.2, 0.5, 1, 2, 10, 60, 600] });

    public void Delivered(string publisher, TimeSpan delay)
    {
        _delivered.WithLabels(publisher).Inc();
        _delay.WithLabels(publisher).Observe(delay.TotalSeconds);
    }

    public void Failed(string publisher) => _failed.WithLabels(publisher).Inc();
}
