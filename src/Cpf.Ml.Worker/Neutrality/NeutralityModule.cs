using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Neutrality;

internal static class NeutralityModule
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddNeutrality()
        {
            builder.AddSettings<NeutralitySettings>("Neutrality");
            builder.Services.AddSingleton<NeutralityStore>();
            builder.Services.AddSingleton<ScheduledAudits>();
            builder.Services.AddSingleton<Reranking>();
            builder.Services.AddHostedService(services => services.GetRequiredService<ScheduledAudits>());
            builder.Services.AddHostedService(services => services.GetRequiredService<Reranking>());
            return builder;
        }
    }

    extension(WebApplication app)
    {
        public WebApplication MapNeutrality()
        {
            app.MapNeutralityApi();
            app.MapAuditPage();
            return app;
        }
    }
}
