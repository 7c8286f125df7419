using Prometheus;

namespace Cpf.Ml.Worker.Publish;

/// <summary>Metrics of publishing.</summary>
internal sealed class PublishMetrics(IMetricFactory metrics)
{
    private readonly Counter _delivered = metrics.CreateCounter(
        "cpfml_notices_delivered_total", "News of incidents that arrived at a receiver.", ["publisher"]);

    private readonly Counter _failed = metrics.CreateCounter(
        "cpfml_notice_delivery_failures_total", "Tries to deliver news of incidents that failed.", ["publisher"]);

    private readonly Counter _givenUp = metrics.CreateCounter(
        "cpfml_notices_given_up_total",
        "News of incidents that were given up; people can send them again.", ["publisher"]);

    private readonly Gauge _pending = metrics.CreateGauge(
        "cpfml_outbox_pending", "News of incidents that wait for a receiver.", ["publisher"]);

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

    public void GivenUp(string publisher) => _givenUp.WithLabels(publisher).Inc();

    public void Pending(string publisher, long count) => _pending.WithLabels(publisher).Set(count);
}
