using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Publish;

internal static class PublishModule
{
    /// <summary>Name of the HTTP client for receivers.</summary>
    public const string Client = "publish";

    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddPublish()
        {
            builder.AddSettings<PublishSettings>("Publish");
            var services = builder.Services;

            // Only configured addresses are requested: a receiver cannot redirect the service elsewhere. The client's
            // own log lines would hold addresses, and addresses may hold passwords.
            services.AddHttpClient(Client)
                .ConfigureHttpClient(
                    (provider, client) => client.Timeout = provider.GetRequiredService<PublishSettings>().Timeout)
                .ConfigurePrimaryHttpMessageHandler(
                    () => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
                .RemoveAllLoggers();
            services.AddSingleton(provider => provider.GetRequiredService<PublishSettings>().Receivers);
            services.AddSingleton<OutboxStore>();
            services.AddSingleton<PublishMetrics>();
            services.AddSingleton<DeadLetters>();
            services.AddSingleton<AlertmanagerPublisher>();
            services.AddSingleton<LogPublisher>();
            services.AddSingleton<IEnumerable<IPublisher>>(Publishers);
            services.AddHostedService<OutboxDispatcher>();
            services.AddHostedService<AlertmanagerReposter>();
            return builder;
        }
    }

    extension(WebApplication app)
    {
        public WebApplication MapPublish()
        {
            app.MapPublishers();
            app.MapAlertDocs();
            return app;
        }
    }

    private static IPublisher[] Publishers(IServiceProvider provider)
    {
        var settings = provider.GetRequiredService<PublishSettings>();
        return
        [
            .. settings.Names.Select(name => (IPublisher)(name switch
            {
                PublishSettings.AlertmanagerName => provider.GetRequiredService<AlertmanagerPublisher>(),
                PublishSettings.LogName => provider.GetRequiredService<LogPublisher>(),
                _ => ActivatorUtilities.CreateInstance<WebhookPublisher>(
                    provider, settings.Webhooks.First(webhook => webhook.PublisherName == name)),
            })),
        ];
    }
}
