using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Storage;
using Cpf.Ml.Worker.Tests.Alerts;
using Cpf.Ml.Worker.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;
using static Cpf.Ml.Scoring.Tests.Alerts.Sample;

namespace Cpf.Ml.Worker.Tests.Storage;

public abstract class RetentionContract(StoreFixture store)
{
    private static readonly StorageSettings Settings = new() { KeepIncidentsDays = 400, KeepAuditDays = 800 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Expired_closed_incidents_are_deleted_with_their_dependants_and_the_rest_stays()
    {
        await using var stores = await AlertStores.CreateAsync(store);
        await stores.ProcessAsync(
            Open(Alert(0, series: "over", service: "over", closed: 1)),
            Open(Alert(0, series: "untold", service: "untold", closed: 1)),
            Open(Alert(0, series: "alert-open", service: "alert-open")),
            Open(Alert(0, series: "open", service: "open")));
        await CloseAsync(stores, "over", "untold", "alert-open");
        await stores.ExecuteAsync("update outbox set delivered_at = 1 where incident_id in (select id from incident "
            + "where service <> 'untold')");
        stores.Time.Advance(TimeSpan.FromDays(399));
        await ForgetAsync(stores);
        Assert.Equal(4, await stores.CountAsync("incident"));

        stores.Time.Advance(TimeSpan.FromDays(2));
        await stores.ProcessAsync(Open(Alert(0, series: "young", service: "young", closed: 1)));
        await CloseAsync(stores, "young");
        await ForgetAsync(stores);

        var left = await stores.Search.FindAsync(new IncidentQuery(Sort: IncidentSort.Oldest), Cancellation);
        Assert.Equal(
            ["alert-open", "open", "untold", "young"], left.Items.Select(incident => incident.Service).Order());
        Assert.Equal(4, await stores.CountAsync("alert"));
        Assert.Equal(0, await stores.CountAsync("incident_event where incident_id not in (select id from incident)"));
    }

    [Fact]
    public async Task Purge_deletes_more_than_one_batch()
    {
        await using var stores = await AlertStores.CreateAsync(store);
        await stores.ProcessAsync(
            [.. Enumerable.Range(0, 450).Select(i => Open(Alert(0, series: $"s{i}", service: $"s{i}", closed: 1)))]);
        await stores.ExecuteAsync("update incident set closed_at = 1; update outbox set delivered_at = 1");

        await ForgetAsync(stores);

        Assert.Equal(0, await stores.CountAsync("incident"));
    }

    [Fact]
    public async Task Audit_log_and_silences_are_kept_for_the_configured_time()
    {
        await using var stores = await AlertStores.CreateAsync(store);
        await stores.Silencing.BeginAsync(
            new NewSilence([new("service", "purchase")], Minute(90), "travaux"), AlertStores.Alice, Cancellation);
        stores.Time.Advance(TimeSpan.FromDays(500));
        await stores.Audit.RecordAsync(Actor.System, "account.create", "later", null, null, Cancellation);
        await ForgetAsync(stores);
        Assert.Equal((0, 2), (await stores.CountAsync("silence"), await stores.CountAsync("audit_log")));

        stores.Time.Advance(TimeSpan.FromDays(301));
        await ForgetAsync(stores);

        Assert.Equal("later", Assert.Single(await stores.Audit.ReadAsync(new AuditFilter(), Cancellation)).Subject);
    }

    private static async Task CloseAsync(AlertStores stores, params string[] services)
    {
        foreach (var service in services)
        {
            await stores.Actions.CloseAsync(
                (await stores.SingleAsync(service)).Id, null, AlertStores.Alice, Cancellation);
        }
    }

    private static async Task ForgetAsync(AlertStores stores)
    {
        using var retention = new Retention(
            stores.Database, Settings, stores.Periodic, stores.Time, NullLogger<Retention>.Instance);
        await retention.PurgeAsync(Cancellation);
    }
}

public sealed class RetentionOnSqlite(SqliteStore store) : RetentionContract(store), IClassFixture<SqliteStore>;

public sealed class RetentionOnPostgres(PostgresStore store) : RetentionContract(store), IClassFixture<PostgresStore>;
