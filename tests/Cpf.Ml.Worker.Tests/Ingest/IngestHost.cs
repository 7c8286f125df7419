using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Hosting;
using Cpf.Ml.Worker.Ingest;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Publish;
using Cpf.Ml.Worker.Storage;
using Cpf.Ml.Worker.Tests.Fixtures;
using Cpf.Ml.Worker.Transactions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Cpf.Ml.Worker.Tests.Ingest;

/// <summary>
/// The intake alone, behind a test server, with a clock that the test moves and a drain instead of partitions.
/// </summary>
internal sealed class IngestHost : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 10, 15, 0, TimeSpan.Zero);

    private readonly string _folder;
    private readonly bool _ownsFolder;
    private readonly WebApplication _app;

    private IngestHost(string folder, bool ownsFolder, WebApplication app) =>
        (_folder, _ownsFolder, _app) = (folder, ownsFolder, app);

    public FakeTimeProvider Time => (FakeTimeProvider)Get<TimeProvider>();

    public QueueDrain Drain => Get<QueueDrain>();

    public HttpClient Client => _app.GetTestClient();

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public IngestSourceStatus Status(string source) => Get<IngestHealth>().Source(source).Status();

    /// <param name="settings">Configuration keys and values, for example <c>Ingest:MaxSeries</c>.</param>
    /// <param name="folder">Keeps the store over several hosts; a temporary one when null.</param>
    public static async Task<IngestHost> StartAsync(
        Dictionary<string, string?>? settings = null,
        string? folder = null,
        FakeTimeProvider? time = null,
        bool drained = true)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var home = folder ?? Directory.CreateTempSubdirectory("cpfml-ingest-").FullName;
        var store = Path.Combine(home, "cpf-ml.db");
        await MigratedFile.CopyToAsync(store);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([new("Storage:Path", store), new("Ingest:Self:Enabled", "false")]);
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.Services.AddSingleton<TimeProvider>(time ?? new FakeTimeProvider(Start));
        builder.Services.AddSingleton<QueueDrain>();
        if (drained)
        {
            builder.Services.AddHostedService(services => services.GetRequiredService<QueueDrain>());
        }

        builder.Services.AddSelfMetrics();
        builder.Services.AddSingleton<PeriodicWork>();
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(Scopes.Ingest, policy => policy.RequireAssertion(_ => true));
        builder.AddStorage();
        builder.AddSettings<AlertSettings>("Alerts");
        builder.Services.AddSingleton(new PublishSettings().Receivers);
        builder.Services.AddSingleton<IncidentFeed>().AddSingleton<OutboxSignal>().AddSingleton<IncidentStore>()
            .AddSingleton<IncidentSearchStore>().AddSingleton<AlertPipeline>();
        builder.Services.AddSingleton(new TransactionsSettings());
        builder.AddIngest();
        builder.Services.AddHostedService<CardinalityWatch>();
        var app = builder.Build();
        app.MapIngest();
        await app.StartAsync(cancellationToken);
        return new IngestHost(home, folder is null, app);
    }

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        if (_ownsFolder)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
