using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Alerts;

internal static class AlertsModule
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddAlerts()
        {
            builder.AddSettings<AlertSettings>("Alerts");
            var services = builder.Services;
            services.AddSingleton<IncidentFeed>();
            services.AddSingleton<IncidentStore>();
            services.AddSingleton<OutboxSignal>();
            services.AddSingleton<IncidentSearchStore>();
            services.AddSingleton<SilenceStore>();
            services.AddSingleton<AlertPipeline>();
            services.AddSingleton<IncidentActions>();
            services.AddSingleton<Silencing>();
            services.AddSingleton<AlertBudget>();
            services.AddHostedService(provider => provider.GetRequiredService<AlertBudget>());
            services.AddHostedService<IncidentSweeper>();
            return builder;
        }
    }

    extension(WebApplication app)
    {
        public WebApplication MapAlerts()
        {
            app.MapIncidents();
            app.MapSilences();
            return app;
        }
    }
}
