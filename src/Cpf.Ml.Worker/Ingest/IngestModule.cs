using Cpf.Ml.Worker.Hosting;
using Cpf.Ml.Worker.Ingest.Ndjson;
using Cpf.Ml.Worker.Ingest.RemoteWrite;

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
            return builder;
        }
    }
}
