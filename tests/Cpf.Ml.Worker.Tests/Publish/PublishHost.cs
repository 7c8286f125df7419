using Cpf.Ml.Worker.Hosting;
using Cpf.Ml.Worker.Publish;
using Cpf.Ml.Worker.Tests.Alerts;
using Cpf.Ml.Worker.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Prometheus;

namespace Cpf.Ml.Worker.Tests.Publish;

/// <summary>The publishers as the service runs them, over stores of their own.</summary>
internal sealed class PublishHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly SqliteStore _store;

    private PublishHost(AlertStores stores, SqliteStore store, IHost host)
    {
        Stores = stores;
        _store = store;
        _host = host;
    }

    public AlertStores Stores { get; }

    public DeadLetters DeadLetters => _host.Services.GetRequiredService<DeadLetters>();

    public static async Task<PublishHost> StartAsync(PublishSettings settings, ILoggerProvider? log = null)
    {
        var store = new SqliteStore();
        await store.InitializeAsync();
        var stores = await AlertStores.CreateAsync(store, settings, TimeProvider.System);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.AddPublish();
        var services = builder.Services;
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(stores.Database);
        services.AddSingleton(stores.Search);
        services.AddSingleton(stores.Audit);
        services.AddSingleton(stores.Signal);
        services.AddSingleton<PeriodicWork>();
        services.AddSingleton<IMetricFactory>(Metrics.WithCustomRegistry(Metrics.NewCustomRegistry()));
        if (log is not null)
        {
            builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace);
        }

        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new PublishHost(stores, store, host);
    }

    /// <summary>Waits until the publisher is as <paramref name="wanted"/> asks.</summary>
    public async Task<PublisherStatus> UntilAsync(string publisher, Func<PublisherStatus, bool> wanted)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        while (true)
        {
            var status = (await DeadLetters.SummariseAsync(deadline.Token)).Single(status => status.Name == publisher);
            if (wanted(status))
            {
                return status;
            }

            await Task.Delay(20, deadline.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        await Stores.DisposeAsync();
        await _store.DisposeAsync();
    }
}
