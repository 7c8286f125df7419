using Cpf.Ml.Worker.Hosting;
using Cpf.Ml.Worker.Ingest.Demo;
using Cpf.Ml.Worker.Ingest.Ndjson;
using Cpf.Ml.Worker.Ingest.Pull;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.RemoteWrite;
using Cpf.Ml.Worker.Ingest.Replay;
using Cpf.Ml.Worker.Ingest.Self;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Ingest.Settings;
using Cpf.Ml.Worker.Ingest.Transactions;

namespace Cpf.Ml.Worker.Ingest;

internal static class IngestModule
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddIngest()
        {
            var services = builder.AddSettings<IngestSettings>("Ingest").Services;
            services.AddSingleton<SeriesCatalog>();
            services.AddSingleton<IngestQueue>();
            services.AddSingleton<IngestMeters>();
            services.AddSingleton<IngestHealth>();
            services.AddSingleton<SingleTransactions>();
            services.AddSingleton<Intake>();
            services.AddSingleton<MetricNaming>();
            services.AddSingleton<SourceOffsets>();
            services.AddHealthChecks().AddCheck<IngestCheck>("sources");
            services.AddReceivers();
            services.AddSources();
            return builder;
        }
    }

    extension(IServiceCollection services)
    {
        private void AddReceivers()
        {
            services.AddSingleton<RawSeriesCache>();
            services.AddSingleton<WriteRequest>();
            services.AddSingleton<RemoteWriteEndpoint>();
            services.AddSingleton<MetricsEndpoint>();
            services.AddSingleton(provider => provider.GetRequiredService<IngestSettings>().Transactions);
            services.AddSingleton<TransactionJournalStore>();
            services.AddSingleton<TransactionCount>();
            services.AddHostedService<TransactionIntake>();
            services.AddSingleton<TransactionsEndpoint>();
        }

        /// <summary>What the service fetches or measures by itself.</summary>
        private void AddSources()
        {
            services.AddHttpClient(PrometheusClient.ClientName);
            services.AddSingleton<PrometheusClient>();
            services.AddHostedService<PrometheusPull>();
            services.AddHostedService<FileReplay>();
            services.AddSingleton(provider => provider.GetRequiredService<IngestSettings>().Demo);
            services.AddHostedService<DemoReplay>();
            services.AddSingleton(provider => provider.GetRequiredService<IngestSettings>().Self);
            services.AddHostedService<SelfWatch>();
        }
    }
}
