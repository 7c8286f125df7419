using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Tests.Alerts;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Hosting;
using Cpf.Ml.Worker.Publish;
using Cpf.Ml.Worker.Storage;
using Cpf.Ml.Worker.Tests.Fixtures;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Prometheus;

namespace Cpf.Ml.Worker.Tests.Alerts;

/// <summary>
/// Everything that keeps alerts, over an empty database, by default with a clock that stands still at minute 20 of
/// <see cref="Sample"/>.
/// </summary>
internal sealed class AlertStores : IAsyncDisposable
{
    private AlertStores(Database database, PublishSettings publish, TimeProvider? clock)
    {
        Database = database;
        clock ??= Time;
        Incidents = new IncidentStore(database, publish.Receivers, Signal, Feed, clock);
        Search = new IncidentSearchStore(database);
        Outbox = new OutboxStore(database, clock);
        Audit = new AuditLog(new AuditStore(database), clock);
        var settings = new AlertSettings();
        var silences = new SilenceStore(database);
        Pipeline = new AlertPipeline(
            Incidents,
            settings,
            clock,
            Metrics.WithCustomRegistry(Metrics.NewCustomRegistry()),
            NullLogger<AlertPipeline>.Instance);
        Actions = new IncidentActions(Incidents, new AccountStore(database), Audit, clock);
        Silencing = new Silencing(Incidents, silences, Audit, settings, clock);
        Periodic = Fixtures.Periodic.On(clock);
        Sweeper = new IncidentSweeper(
            Incidents, Search, silences, settings, Periodic, clock, NullLogger<IncidentSweeper>.Instance);
    }

    public static Actor Alice { get; } = new("alice", "127.0.0.1", "");

    public static Actor Bob { get; } = new("bob", "127.0.0.2", "");

    public Database Database { get; }

    public FakeTimeProvider Time { get; } = new(Sample.Minute(20));

    public PeriodicWork Periodic { get; }

    public OutboxSignal Signal { get; } = new();

    public IncidentFeed Feed { get; } = new();

    public IncidentStore Incidents { get; }

    public IncidentSearchStore Search { get; }

    public OutboxStore Outbox { get; }

    public AuditLog Audit { get; }

    public AlertPipeline Pipeline { get; }

    public IncidentActions Actions { get; }

    public Silencing Silencing { get; }

    public IncidentSweeper Sweeper { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<AlertStores> CreateAsync(
        StoreFixture store, PublishSettings? publish = null, TimeProvider? clock = null)
    {
        var database = new Database(await store.CreateAsync());
        return new AlertStores(database, publish ?? new PublishSettings(), clock);
    }

    public Task ProcessAsync(params AlertChange[] changes) => Pipeline.ProcessAsync(changes, Cancellation);

    /// <summary>The only incident of its service.</summary>
    public async Task<Incident> SingleAsync(string service = "purchase") =>
        Assert.Single((await Search.FindAsync(new IncidentQuery(Service: service), Cancellation)).Items);

    public async Task<IReadOnlyList<IncidentEvent>> TimelineAsync(string id) =>
        (await Search.DescribeAsync(id, Cancellation))!.Timeline;

    public Task AddAccountAsync(string name, string role, bool closed = false) => new AccountStore(Database).AddAsync(
        new Account(name, name, "", [role], "fr", Time.GetUtcNow(), closed ? Time.GetUtcNow() : null, 0, null),
        Audit.Entry(Actor.System, "account.create", name),
        Cancellation);

    public async Task<long> CountAsync(string table)
    {
        await using var connection = await Database.OpenAsync(Cancellation);
        return await connection.ExecuteScalarAsync<long>($"select count(*) from {table}");
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await Database.OpenAsync(Cancellation);
        await connection.ExecuteAsync(sql);
    }

    public async ValueTask DisposeAsync()
    {
        Sweeper.Dispose();
        Incidents.Dispose();
        await Database.DisposeAsync();
    }
}
