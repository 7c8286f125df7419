using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Ingest;

internal static class IngestModule
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddIngest()
        {
            builder.AddSettings<IngestSettings>("Ingest");
            builder.Services.AddSingleton<SeriesCatalog>();
            builder.Services.AddSingleton<IngestQueue>();
            return builder;
        }
    }
}
