using Cpf.Ml.Worker.Hosting;
using Cpf.Ml.Worker.Ingest.Ndjson;
using Cpf.Ml.Worker.Ingest.RemoteWrite;
using Cpf.Ml.Worker.Ingest.Transactions;

namespace Cpf.Ml.Worker.Ingest;

internal static class IngestModule
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddIngest()
        {
            // Without it a gzip stream that was cut short looks like one that has ended.
            AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);
            builder.AddSettings<IngestSettings>("Ingest");
            builder.Services.AddSingleton<SeriesCatalog>();
            builder.Services.AddSingleton<IngestQueue>();
            builder.Services.AddSingleton<IngestMeters>();
            builder.Services.AddSingleton<IngestHealth>();
            builder.Services.AddSingleton<Intake>();
            builder.Services.AddSingleton<MetricNaming>();
            builder.Services.AddSingleton<RawSeriesCache>();
            builder.Services.AddSingleton<WriteRequest>();
            builder.Services.AddSingleton<RemoteWriteEndpoint>();
            builder.Services.AddSingleton<MetricsEndpoint>();
            builder.Services.AddSingleton(services => services.GetRequiredService<IngestSettings>().Transactions);
            builder.Services.AddSingleton<TransactionIntake>();
            builder.Services.AddHostedService(services => services.GetRequiredService<TransactionIntake>());
            builder.Services.AddSingleton<TransactionsEndpoint>();
            return builder;
        }
    }
}
