using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Certifications;
using Cpf.Ml.Worker.Console;
using Cpf.Ml.Worker.Ingest;
using Cpf.Ml.Worker.Matching;
using Cpf.Ml.Worker.Neutrality;
using Cpf.Ml.Worker.Publish;
using Cpf.Ml.Worker.Storage;
using Cpf.Ml.Worker.Transactions;
using Microsoft.Extensions.Options;

namespace Cpf.Ml.Worker;

/// <summary>The whole service as one object, so that a test can run it in its own process.</summary>
internal static class WorkerHost
{
    /// <exception cref="OptionsValidationException">Settings are wrong; several sections make an
    /// <see cref="AggregateException"/> of it.</exception>
    /// <param name="args">Settings, as <c>--Storage:Path=var/cpf-ml.db</c>; they win over files and
    /// environment.</param>
    /// <param name="adapt">Replaces services, for example the clock; null for none.</param>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? adapt = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(WorkerHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Services.AddSingleton(TimeProvider.System);

        // At a stop the web server closes first, then the parts in the reverse of this order: ingest, partitions,
        // alerts and outbox.
        builder.AddHosting(args);
        builder.AddStorage();
        builder.AddAccess();
        builder.AddPublish();
        builder.AddAlerts();
        builder.AddTransactions();
        builder.AddCertifications();
        builder.AddMatching();
        builder.AddNeutrality();
        builder.AddIngest();
        builder.AddConsole();
        adapt?.Invoke(builder.Services);

        var app = builder.Build();

        // First of all, so that all invalid settings are reported at once.
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        app.UseConsole();
        app.UseHosting();
        app.MapHosting();
        app.MapAccess();
        app.MapIngest();
        app.MapAlerts();
        app.MapTransactions();
        app.MapCertifications();
        app.MapMatching();
        app.MapNeutrality();
        app.MapPublish();
        app.MapConsole();
        return app;
    }

    extension(WebApplication app)
    {
        /// <summary>What must be true before the service starts: the newest schema, somebody who can sign in.</summary>
        public async Task PrepareAsync(CancellationToken cancellationToken)
        {
            await app.Services.GetRequiredService<Migrations>().ApplyAsync(cancellationToken);
            await app.Services.GetRequiredService<IncidentSearchStore>().FoldAsync(cancellationToken);
            await app.Services.GetRequiredService<FirstStart>().RunAsync(cancellationToken);
        }
    }
}
