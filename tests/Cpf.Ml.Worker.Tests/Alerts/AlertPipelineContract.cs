using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Storage;
using Cpf.Ml.Worker.Tests.Fixtures;
using static Cpf.Ml.Scoring.Tests.Alerts.Sample;

namespace Cpf.Ml.Worker.Tests.Alerts;

public abstract class AlertPipelineContract(StoreFixture store)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stored_incident_equals_the_ledger_entry()
    {
        await using var stores = await AlertStores.CreateAsync(store);
        var alert = Alert(0) with { Document = Full };
        await stores.ProcessAsync(Open(alert), Open(Alert(1, "s2", severity: Severity.Critical)));

        var stored = await stores.SingleAsync();

        var decided = Assert.Single(Apply([Open(alert), Open(Alert(1, "s2", severity: Severity.Critical))]).Revisions);
        Assert.Equal(StoredJson.Write(decided.After), StoredJson.Write(stored));
        Assert.Equal(StoredJson.Write(decided.Events), StoredJson.Write(await stores.TimelineAsync(stored.Id)));
    }

    [Fact]
    public async Task Repeated_changes_store_nothing_new()
    {
        await using var stores = await AlertStores.CreateAsync(store);
        AlertChange[] changes = [Open(Alert(0)), Close(Alert(0, closed: 9)), Open(Alert(2, "s2"))];
        await stores.ProcessAsync(changes);
        var before = StoredJson.Write(await stores.SingleAsync());

        await stores.ProcessAsync(changes);

        Assert.Equal(before, StoredJson.Write(await stores.SingleAsync()));
        Assert.Equal(
            (1, 2, 3),
            (
                await stores.CountAsync("outbox"),
                await stores.CountAsync("alert"),
                await stores.CountAsync("incident_event")));
    }

    [Fact]
    public async Task Concurrent_partitions_open_one_incident()
    {
        await using var stores = await AlertStores.CreateAsync(store);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(partition =>
            Task.Run(() => stores.ProcessAsync([Open(Alert(partition * 0.5, $"s{partition}"))]), Cancellation)));

        var incident = await stores.SingleAsync();
        Assert.Equal((8, 8L), (incident.Alerts.Length, incident.Version));
    }

    [Theory]
    [InlineData("alert")]
    [InlineData("incident_event")]
    [InlineData("outbox")]
    public async Task Failed_write_rolls_back_all_tables_and_a_retry_succeeds(string table)
    {
        await using var stores = await AlertStores.CreateAsync(store);
        await stores.ExecuteAsync($"alter table {table} rename to gone");

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => stores.ProcessAsync(Open(Alert(0))));
        await stores.ExecuteAsync($"alter table gone rename to {table}");
        Assert.Equal(0, await stores.CountAsync("incident"));
        await stores.ProcessAsync(Open(Alert(0)));

        Assert.Equal(
            (1, 1, 1, 1),
            (
                await stores.CountAsync("incident"),
                await stores.CountAsync("alert"),
                await stores.CountAsync("incident_event"),
                await stores.CountAsync("outbox")));
    }

    [Fact]
    public async Task Sweep_after_the_hold_closes_an_incident_once()
    {
        await using var stores = await AlertStores.CreateAsync(store);
        await stores.ProcessAsync(Open(Alert(0)), Close(Alert(0, closed: 9)));

        await stores.Sweeper.SweepAsync(Cancellation);
        Assert.Null((await stores.SingleAsync()).ClosedAt);
        stores.Time.Advance(TimeSpan.FromMinutes(5));
        await stores.Sweeper.SweepAsync(Cancellation);
        await stores.Sweeper.SweepAsync(Cancellation);

        var incident = await stores.SingleAsync();
        Assert.Equal(Minute(9), incident.ClosedAt);
        Assert.Single(await stores.TimelineAsync(incident.Id), line => line.Kind == IncidentEventKind.Closed);
        Assert.Equal(2, await stores.CountAsync("outbox"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sweep_does_not_read_unchanged_incidents(bool underSilence)
    {
        await using var stores = await AlertStores.CreateAsync(store);
        await stores.ProcessAsync(Open(Alert(0)), Open(Alert(0, service: "sign-in")));
        if (underSilence)
        {
            await stores.Silencing.BeginAsync(
                new NewSilence([new("service", "purchase")], Minute(90), "travaux"), AlertStores.Alice, Cancellation);
        }

        await stores.Sweeper.SweepAsync(Cancellation);
        await stores.ExecuteAsync("update alert set document = 'read me and fail'");
        await stores.Sweeper.SweepAsync(Cancellation);
    }

    [Fact]
    public async Task Sweep_silences_an_incident_that_changed_under_a_silence()
    {
        await using var stores = await AlertStores.CreateAsync(store);
        await stores.Silencing.BeginAsync(
            new NewSilence([new("series", "s1")], Minute(90), "travaux"), AlertStores.Alice, Cancellation);
        await stores.ProcessAsync(Open(Alert(0, "s1")));
        await stores.Sweeper.SweepAsync(Cancellation);
        Assert.Equal(IncidentState.Silenced, (await stores.SingleAsync()).State);

        // As if another writer had not yet known of the silence.
        await stores.ExecuteAsync("update incident set silenced_by = null, version = version + 1");
        await stores.Sweeper.SweepAsync(Cancellation);

        Assert.Equal(IncidentState.Silenced, (await stores.SingleAsync()).State);
    }

    [Fact]
    public async Task Outbox_signal_and_feed_follow_the_commit()
    {
        await using var stores = await AlertStores.CreateAsync(store);
        var signal = stores.Signal.Next;
        var seen = new TaskCompletionSource<IReadOnlyList<Incident>>();
        stores.Feed.Changed += seen.SetResult;

        await stores.ProcessAsync(Open(Alert(0)));

        await signal.WaitAsync(TimeSpan.FromMinutes(2), Cancellation);
        Assert.Equal((await stores.SingleAsync()).Id, Assert.Single(await seen.Task).Id);
        Assert.Single(await stores.Outbox.FindDueAsync("log", 10, Cancellation));
    }

    /// <summary>Quadratic work took minutes here, under the lock that every other alert waits for.</summary>
    [Fact]
    public async Task Incident_of_two_thousand_alerts_is_published_with_the_first_hundred()
    {
        await using var stores = await AlertStores.CreateAsync(store);
        for (var past = 0; past < 30; past++)
        {
            await stores.ProcessAsync(
                [.. Enumerable.Range(0, 100).Select(series => Open(Alert(-1000 + (20 * past), $"s{series}")))]);
            await stores.Actions.CloseAsync(
                (await stores.Search.FindUnclosedAsync(Cancellation))[0].Id, null, AlertStores.Alice, Cancellation);
        }

        await stores.ProcessAsync([.. Enumerable.Range(0, 2_000).Select(series => Open(Alert(0, $"s{series}")))]);

        var incident = Assert.Single(await stores.Search.FindUnclosedAsync(Cancellation));
        Assert.Equal(2_000, incident.Alerts.Length);
        Assert.All(incident.Alerts, alert => Assert.NotNull(alert.Document.Similar));
        var sent = StoredJson.Read<IncidentDocument>(
            (await stores.Outbox.FindDueAsync("log", 100, Cancellation))
                .Single(message => message.IncidentId == incident.Id).Payload);
        Assert.Equal((2_000, 100, incident.Alerts[0].Id), (sent.AlertCount, sent.Alerts.Length, sent.Alerts[0].Id));
    }

    [Fact]
    public async Task Changes_of_several_transactions_are_one_incident()
    {
        await using var stores = await AlertStores.CreateAsync(store);

        await stores.ProcessAsync([.. Enumerable.Range(0, 5_100).Select(series => Open(Alert(0, $"s{series}")))]);

        Assert.Equal(5_100, (await stores.SingleAsync()).Alerts.Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Similar_past_incident_is_named_also_without_stored_traits(bool closedBeforeTraitsWereKept)
    {
        await using var stores = await AlertStores.CreateAsync(store);
        await stores.ProcessAsync(Open(Alert(-200)), Close(Alert(-200, closed: -190)));
        var past = await stores.SingleAsync();
        await stores.Actions.JudgeAsync(past.Id, "useful", null, AlertStores.Alice, Cancellation);
        await stores.Actions.CloseAsync(past.Id, null, AlertStores.Alice, Cancellation);

        if (closedBeforeTraitsWereKept)
        {
            await stores.ExecuteAsync("update incident set traits = null");
        }

        await stores.ProcessAsync(Open(Alert(0)));

        var now = (await stores.Search.FindAsync(new IncidentQuery(IncidentState.Open), Cancellation)).Items[0];
        Assert.Equal(
            (past.Id, "useful"), (now.Alerts[0].Document.Similar!.IncidentId, now.Alerts[0].Document.Similar!.Verdict));
        Assert.Equal(
            past.Id,
            Assert.Single((await stores.Search.DescribeAsync(now.Id, Cancellation))!.Similar).Incident.IncidentId);
    }

    private static AlertDocument Full => new()
    {
        Sentence = new("Achat : plus lent", "Purchase: slower"),
        Observed = 4.8,
        Expected = 1.1,
        Band99 = new(0.8, 1.6),
        Band999 = new(0.6, 2.1),
        Unit = "s",
        DeviationPercent = 336,
        DeviationNoise = 9,
        Score = 92.5,
        PValue = 2.4e-5,
        IsWarm = true,
        ConfidenceWeeks = 3.4,
        Tests = [new FiredTest("point", 1e-5, 1, new("Plus haut", "Higher"))],
        Since = Minute(-1),
        PastWeeks = [new PastMoment(Minute(-10080), 1.05)],
        Model = "transactions/series-detector@1",
        Configuration = "7f",
    };
}

public sealed class AlertPipelineOnSqlite(SqliteStore store) : AlertPipelineContract(store), IClassFixture<SqliteStore>;

public sealed class AlertPipelineOnPostgres(PostgresStore store)
    : AlertPipelineContract(store), IClassFixture<PostgresStore>;
