using Cpf.Ml.Worker.Hosting;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Prometheus;

namespace Cpf.Ml.Worker;

/// <summary>The service's own metrics at <c>/metrics</c>, in a registry of the host: two hosts in one process do not
/// mix.</summary>
/// <remarks>Inject <see cref="IMetricFactory"/> for counters;
/// <see cref="CollectorRegistry.AddBeforeCollectCallback(Action)"/> for values that are read when asked.</remarks>
internal static class SelfMetrics
{
    extension(IServiceCollection services)
    {
        public void AddSelfMetrics()
        {
            services.AddSingleton(_ => Metrics.NewCustomRegistry());
            services.AddSingleton<IMetricFactory>(
                provider => Metrics.WithCustomRegistry(provider.GetRequiredService<CollectorRegistry>()));
        }
    }

    extension(WebApplication app)
    {
        public void UseSelfMetrics()
        {
            var factory = app.Services.GetRequiredService<IMetricFactory>();
            app.UseHttpMetrics(options =>
            {
                options.RequestCount.Enabled = false;
                options.InProgress.Enabled = false;
                options.ReduceStatusCodeCardinality();
                options.RequestDuration.Histogram = factory.CreateHistogram(
                    "cpfml_http_request_duration_seconds",
                    "Time from receipt of a request to the end of its answer.",
                    ["code", "method", "endpoint"],
                    new HistogramConfiguration { Buckets = [0.005, 0.02, 0.1, 0.5, 2, 10] });
            });
        }

        public void MapSelfMetrics()
        {
            var registry = app.Services.GetRequiredService<CollectorRegistry>();
            var factory = app.Services.GetRequiredService<IMetricFactory>();
            DotNetStats.Register(registry);
            factory.CreateGauge("cpfml_build_info", "Always 1; the version is a label.", ["version"])
                .WithLabels(ProgramVersion.Text).Set(1);

            var queue = app.Services.GetRequiredService<IngestQueue>();
            var waiting = factory.CreateGauge("cpfml_ingest_queue_batches", "Batches that wait to be scored.");
            registry.AddBeforeCollectCallback(() => waiting.Set(queue.Waiting));
            app.MapMetrics("/metrics", registry).ExcludeFromDescription();
        }
    }
}
