using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Storage;

internal static class StorageModule
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddStorage()
        {
            builder.AddSettings<StorageSettings>("Storage");
            builder.Services.AddSingleton<Database>();
            builder.Services.AddSingleton<Migrations>();
            builder.Services.AddSingleton<WorkerStateStore>();
            builder.Services.AddHostedService<Retention>();
            return builder;
        }
    }
}
