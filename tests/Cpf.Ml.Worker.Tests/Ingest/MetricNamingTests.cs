using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Ingest.Settings;

namespace Cpf.Ml.Worker.Tests.Ingest;

public sealed class MetricNamingTests
{
    [Theory]
    [InlineData("http_requests_total", MetricKind.Volume, SamplePart.Counter, "1/min")]
    [InlineData("process_cpu_seconds_total", MetricKind.Volume, SamplePart.Counter, "s/min")]
    [InlineData("rpc_duration_seconds", MetricKind.Duration, SamplePart.Value, "s")]
    [InlineData("login_error_ratio", MetricKind.ErrorRate, SamplePart.Value, "ratio")]
    [InlineData("cpu_usage_ratio", MetricKind.Gauge, SamplePart.Value, "ratio")]
    [InlineData("process_resident_memory_bytes", MetricKind.Gauge, SamplePart.Value, "By")]
    [InlineData("up", MetricKind.Gauge, SamplePart.Value, "")]
    public void Metric_kind_and_unit_follow_from_the_name(string name, MetricKind kind, object part, string unit)
    {
        var target = Assert.Single(new MetricNaming(new IngestSettings()).Targets(name, []));

        Assert.Equal((kind, (SamplePart)part, unit), (target.Series.Kind, target.Part, target.Series.Unit));
    }

    [Theory]
    [InlineData("http_request_duration_seconds_bucket")]
    [InlineData("http_request_duration_seconds_created")]
    [InlineData("go_info")]
    [InlineData("process_start_time_seconds")]
    [InlineData("scrape_duration_seconds")]
    [InlineData("batch_items_sum")]
    public void Metrics_that_measure_nothing_are_not_scored(string name) =>
        Assert.Empty(new MetricNaming(new IngestSettings()).Targets(name, []));

    [Fact]
    public void First_matching_rule_decides_and_the_last_can_drop_the_rest()
    {
        var naming = new MetricNaming(new IngestSettings
        {
            Metrics =
            [
                new MetricRule
                {
                    Match = "orders",
                    Treat = MetricTreatment.Counter,
                    Unit = "orders/min",
                    Service = "shop",
                },
                new MetricRule { Match = "http_.*", Labels = { ["env"] = "prod|" } },
                new MetricRule { Match = ".*", Treat = MetricTreatment.Drop },
            ],
        });

        var orders = Assert.Single(naming.Targets("orders", [new("job", "web")]));
        Assert.Equal(
            (MetricKind.Volume, SamplePart.Counter, "orders/min", "shop"),
            (orders.Series.Kind, orders.Part, orders.Series.Unit, orders.Series.Service));
        Assert.Single(naming.Targets("http_requests_total", [new("env", "prod")]));
        Assert.Single(naming.Targets("http_requests_total", []));
        Assert.Empty(naming.Targets("http_requests_total", [new("env", "test")]));
        Assert.Empty(naming.Targets("orders_total", []));
    }

    [Fact]
    public void Service_is_the_service_label_else_the_job_else_unknown()
    {
        var naming = new MetricNaming(new IngestSettings());

        Assert.Equal("pay", naming.ServiceOf([new("job", "web"), new("service", "pay")]));
        Assert.Equal("web", naming.ServiceOf([new("job", "web")]));
        Assert.Equal("unknown", naming.ServiceOf([new("pod", "7")]));
    }

    [Fact]
    public void Invalid_rules_are_reported_all_at_once() => Assert.Equal(
        [
            "MaxSeries must be 1 to 10000000, was 0.",
            "Patience must be positive, was 00:00:00.",
            "Metrics:0 has an expression that cannot be used, \"\": it is empty.",
        ],
        new IngestSettings { MaxSeries = 0, Patience = TimeSpan.Zero, Metrics = [new MetricRule()] }.Validate());
}
