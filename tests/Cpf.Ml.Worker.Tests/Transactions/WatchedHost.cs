using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Ingest.Transactions;
using Cpf.Ml.Worker.Tests.Fixtures;
using Cpf.Ml.Worker.Transactions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Cpf.Ml.Worker.Tests.Transactions;

/// <summary>
/// The whole service under a clock that the test moves, and a way to hand it points of a series directly.
/// </summary>
internal sealed class WatchedHost : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private readonly WorkerFixture _worker;
    private readonly Random _random = new(4);

    private WatchedHost(WorkerFixture worker, FakeTimeProvider time) => (_worker, Time) = (worker, time);

    public FakeTimeProvider Time { get; }

    /// <summary>
    /// A clock for tests that begin with so many minutes of past: one that leaps there would tick every second of it.
    /// </summary>
    public static FakeTimeProvider ClockAt(int minutes) => new(Start.AddMinutes(minutes));

    /// <param name="time">The clock; one that stands at <see cref="Start"/> when null.</param>
    /// <param name="path">Of the database, which outlives the service; a temporary one when null.</param>
    public static async Task<WatchedHost> StartAsync(
        FakeTimeProvider? time = null,
        string? path = null,
        Dictionary<string, string>? settings = null,
        CapturedLog? log = null)
    {
        time ??= new FakeTimeProvider(Start);
        var all = new Dictionary<string, string>
        {
            ["Ingest:Self:Enabled"] = "false",
            ["Alerts:BudgetPerDay"] = "0.01",
            ["Transactions:JointSeries"] = "0",

            // A leap of the clock ticks through its timers: once a minute, as points come, is often enough here.
            ["Alerts:SweepEvery"] = "00:01:00",
            ["Publish:PollEvery"] = "00:01:00",
        };
        foreach (var (name, value) in settings ?? [])
        {
            all[name] = value;
        }

        if (path is not null)
        {
            all["Storage:Path"] = path;
        }

        var worker = await WorkerFixture.StartAsync(all, services =>
        {
            services.AddSingleton<TimeProvider>(time);
            if (log is not null)
            {
                services.AddSingleton<ILoggerProvider>(log);
            }
        });

        // The clock leaps over days before the points of these days are there: a test calls these loops when it wants
        // them, and a leap does not have to tick every second for them.
        foreach (var loop in worker.Services.GetServices<IHostedService>()
            .Where(service => service is NoDataWatch or JointWatch or TransactionIntake))
        {
            await loop.StopAsync(TestContext.Current.CancellationToken);
        }

        return new WatchedHost(worker, time);
    }

    public T Get<T>()
        where T : notnull => _worker.Services.GetRequiredService<T>();

    /// <summary>The service under its address.</summary>
    public Task<HttpClient> ClientAsync(params string[] scopes) => _worker.WithTokenAsync(scopes);

    /// <summary>What the partition of a series keeps of it.</summary>
    public SeriesState StateOf(SeriesIdentity series) => Get<Partitions>().Find(series.Id)!.Value.State;

    /// <param name="alertsFrom">As <see cref="SeriesDescriptor.AlertsFrom"/>; null when there is no history.</param>
    public static SeriesTarget Target(string service, int number = 0, DateTimeOffset? alertsFrom = null) => new(
        new SeriesDescriptor(
            new SeriesIdentity("queue_depth", [new("service", service), new("queue", $"q{number}")]),
            MetricKind.Gauge,
            "",
            service)
        {
            AlertsFrom = alertsFrom?.ToUnixTimeMilliseconds() ?? 0,
        });

    /// <summary>Days of a point a minute each, in batches as large as a sender would make them.</summary>
    public async Task SendDaysAsync(int fromDay, int toDay, double level, params SeriesTarget[] targets)
    {
        for (var day = fromDay; day < toDay; day++)
        {
            await SendAsync(1440 * day, 1440 * (day + 1), level, targets);
        }
    }

    /// <summary>
    /// A point a minute of each series in [from, to) minutes after <see cref="Start"/>; a clock that is not so far goes
    /// along.
    /// </summary>
    /// <param name="level">NaN sends missing points.</param>
    public Task SendAsync(int from, int to, double level, params SeriesTarget[] targets) =>
        SendEveryAsync(1, from, to, level, IngestHealth.Metrics, targets);

    public async Task SendEveryAsync(
        int minutes, int from, int to, double level, string source, params SeriesTarget[] targets)
    {
        if (Time.GetUtcNow() < Start.AddMinutes(to))
        {
            Time.SetUtcNow(Start.AddMinutes(to));
        }

        var batch = Get<Intake>().Batch();
        for (var minute = from; minute < to; minute += minutes)
        {
            var at = Start.AddMinutes(minute).ToUnixTimeMilliseconds();
            foreach (var target in targets)
            {
                Assert.Null(batch.Add(target, at, level + _random.NextDouble()));
            }
        }

        await Get<Intake>()
            .SubmitAsync(batch, Get<IngestHealth>().Source(source), TestContext.Current.CancellationToken);
    }

    /// <summary>Checks for silence now; returns the no-data alerts that are open then.</summary>
    public async Task<IReadOnlyList<Alert>> SilentAsync()
    {
        await Get<NoDataWatch>().CheckAsync(TestContext.Current.CancellationToken);
        return [.. (await AlertsAsync()).Where(alert => alert.Rule == AlertRules.NoData && alert.ClosedAt is null)];
    }

    public async Task<IReadOnlyList<Alert>> AlertsAsync() =>
        [
            .. (await Get<IncidentSearchStore>()
                .FindAsync(new IncidentQuery(), TestContext.Current.CancellationToken)).Items
                .SelectMany(incident => incident.Alerts)];

    public ValueTask DisposeAsync() => _worker.DisposeAsync();
}
