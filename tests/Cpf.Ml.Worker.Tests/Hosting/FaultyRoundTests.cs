using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Certifications;
using Cpf.Ml.Worker.Ingest.Demo;
using Cpf.Ml.Worker.Ingest.Pull;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Replay;
using Cpf.Ml.Worker.Ingest.Self;
using Cpf.Ml.Worker.Ingest.Transactions;
using Cpf.Ml.Worker.Matching;
using Cpf.Ml.Worker.Neutrality;
using Cpf.Ml.Worker.Publish;
using Cpf.Ml.Worker.Storage;
using Cpf.Ml.Worker.Tests.Fixtures;
using Cpf.Ml.Worker.Transactions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cpf.Ml.Worker.Tests.Hosting;

/// <summary>
/// A fault that nobody foresaw, in each part of the service that works by itself: here the clock fails for an hour,
/// under all of them.
/// </summary>
public sealed class FaultyRoundTests : IDisposable
{
    /// <summary>What each of them says of a round that failed.</summary>
    private static readonly Dictionary<Type, string> Told = new()
    {
        [typeof(TransactionIntake)] = "Closed minutes of transactions could not be scored",
        [typeof(CardinalityWatch)] = "The limits on series and operations could not be checked",
        [typeof(PrometheusPull)] = "Pull of requests failed",
        [typeof(FileReplay)] = "queue.csv failed and resumes where it was",
        [typeof(DemoReplay)] = "The demonstration failed and resumes where it was",
        [typeof(SelfWatch)] = "This process and its host could not be measured",
        [typeof(Retention)] = "Expired rows could not be deleted",
        [typeof(IncidentSweeper)] = "Holds and silences could not be checked",
        [typeof(OutboxDispatcher)] = "The outbox of log could not be read or written",
        [typeof(AlertmanagerReposter)] = "Firing alerts could not be re-posted to Alertmanager",
        [typeof(CheckpointTimer)] = "The checkpoint failed",
    };

    /// <summary>
    /// Those that do what they do once, when the service starts, and whose fault ends the start with a message.
    /// </summary>
    private static readonly Type[] Once =
        [
            typeof(AlertBudget),
            typeof(ConfigurationHistory),
            typeof(Deployments),
            typeof(ImportantSeries),
            typeof(Welcome),
        ];

    /// <summary>
    /// Those that this fault does not reach while nothing comes: faults under them have tests of their own
    /// (PoisonTests, KillTests, FailedRoundTests, CertificationScoringTests, CatalogueLoadingTests,
    /// NeutralityPageTests).
    /// </summary>
    private static readonly Type[] Elsewhere =
    [
        typeof(PartitionWorker), typeof(NoDataWatch), typeof(JointWatch), typeof(TransactionJudge),
        typeof(CertificationScoring), typeof(CatalogueLoading), typeof(ScheduledAudits), typeof(Reranking),
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly FaultyClock _clock = new(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero));
    private readonly CapturedLog _log = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Failed_round_is_logged_by_each_background_service_and_all_of_them_continue()
    {
        await using var worker = await StartAsync();
        var services = worker.Services.GetServices<IHostedService>()
            .Where(service => service.GetType().Assembly == typeof(WorkerHost).Assembly).ToDictionary(
                service => service.GetType());

        // A new part is not forgotten here.
        Assert.Equal(
            Told.Keys.Concat(Once).Concat(Elsewhere).Select(type => type.Name).Order(),
            services.Keys.Select(type => type.Name).Order());

        _clock.IsBroken = true;
        await PassAsync(() => Told.Values.All(words => _log.Text.Contains(words, StringComparison.Ordinal)), Missing);
        _clock.IsBroken = false;
        var measured = Measured(worker);
        await PassAsync(() => Measured(worker) > measured, () => "a new point of this process");

        Assert.All(
            Told.Keys,
            type => Assert.False(
                ((BackgroundService)services[type]).ExecuteTask!.IsCompleted, $"{type.Name} has ended"));
        Assert.False(
            worker.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _log.Dispose();
    }

    private async Task<WorkerFixture> StartAsync()
    {
        var file = _folder.In("queue.csv");
        await File.WriteAllLinesAsync(
            file,
            [
                "timestamp,value",
                .. Enumerable.Range(0, 5000)
                .Select(minute => $"{_clock.GetUtcNow().AddMinutes(minute):yyyy-MM-dd HH:mm:ss},{minute % 7}"),
            ],
            Cancel);
        var settings = new Dictionary<string, string>
        {
            ["Ingest:Pull:0:Name"] = "requests",
            ["Ingest:Pull:0:Url"] = "http://127.0.0.1:9",
            ["Ingest:Pull:0:Query"] = "up",
            ["Ingest:Replay:0:Path"] = file,
            ["Ingest:Demo:Enabled"] = "true",
            ["Ingest:Demo:HistoryWeeks"] = "0",
            ["Publish:Alertmanager:Url"] = "http://127.0.0.1:9",
        };
        return await WorkerFixture.StartAsync(settings, services => services
            .AddSingleton<TimeProvider>(_clock).AddSingleton<ILoggerProvider>(_log)

            // What notes a fault is not under it.
            .AddSingleton(
                provider => new IngestHealth(provider.GetRequiredService<IngestMeters>(), TimeProvider.System)));
    }

    /// <summary>When this process was last measured.</summary>
    private static long Measured(WorkerFixture worker) => worker.Services.GetRequiredService<Estate>().Snapshot()
        .Where(series => series.Series.Service == "cpf-ml").Select(series => series.LastTimestamp).DefaultIfEmpty()
        .Max();

    private string Missing() =>
        string.Join(", ", Told.Values.Where(words => !_log.Text.Contains(words, StringComparison.Ordinal)));

    /// <summary>Lets time pass until something is true.</summary>
    private async Task PassAsync(Func<bool> isTrue, Func<string> missing)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        while (!isTrue())
        {
            if (deadline.IsCancellationRequested)
            {
                // A stop needs a clock.
                _clock.IsBroken = false;
                Assert.Fail($"after two minutes: {missing()}");
            }

            _clock.Advance(TimeSpan.FromSeconds(30));
            await Task.Delay(10, Cancel);
        }
    }
}
