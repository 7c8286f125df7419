using System.Net;
using System.Text;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Storage;
using Cpf.Ml.Worker.Tests.Fixtures;
using Cpf.Ml.Worker.Tests.Ingest;
using Dapper;
using Microsoft.Extensions.Time.Testing;

namespace Cpf.Ml.Worker.Tests.Transactions;

public sealed class CardinalityTests
{
    [Fact]
    public async Task Series_limit_raises_one_alert_that_survives_a_restart_and_closes_after_a_quiet_hour()
    {
        using var folder = new TemporaryFolder();
        var time = new FakeTimeProvider(IngestHost.Start);
        var settings = new Dictionary<string, string?> { ["Ingest:MaxSeries"] = "2" };
        await using (var first = await IngestHost.StartAsync(settings, folder.Path, time))
        {
            await PostAsync(first, "a", "b");
            time.Advance(TimeSpan.FromSeconds(10));
            Assert.Empty(await AlertsAsync(first));

            await PostAsync(first, "c", "d");
            await UntilAsync(first, alerts => alerts.Count == 1);
            await PostAsync(first, "e");
            time.Advance(TimeSpan.FromSeconds(30));
            await first.StopAsync();
        }

        await using var second = await IngestHost.StartAsync(settings, folder.Path, time);
        for (var minute = 0; minute < 70; minute++)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(2, TestContext.Current.CancellationToken);
        }

        await UntilAsync(second, alerts => alerts.Count == 1 && alerts[0].ClosedAt is not null);
        var alert = Assert.Single(await AlertsAsync(second));
        Assert.Equal(AlertRules.Cardinality, alert.Rule);
    }

    [Fact]
    public async Task Limit_alert_left_open_by_a_kill_closes_after_a_quiet_hour()
    {
        using var folder = new TemporaryFolder();
        var settings = new Dictionary<string, string?> { ["Ingest:MaxSeries"] = "1" };
        await using var killed = await IngestHost.StartAsync(settings, folder.Path);
        await PostAsync(killed, "a", "b");
        await UntilAsync(killed, alerts => alerts.Count == 1);

        // As if the process had died with the alert's commit: nothing else was kept.
        await using (var connection = await killed.Get<Database>().OpenAsync(TestContext.Current.CancellationToken))
        {
            await connection.ExecuteAsync("delete from worker_state where name = 'cardinality'");
        }

        await using var second = await IngestHost.StartAsync(
            settings, folder.Path, new FakeTimeProvider(killed.Time.GetUtcNow().AddMinutes(1)));

        await UntilAsync(second, alerts => alerts.Count == 1 && alerts[0].ClosedAt is not null);
    }

    [Fact]
    public async Task Operation_limit_raises_an_alert_and_a_forgotten_operation_makes_room()
    {
        await using var host = await IngestHost.StartAsync(new()
        {
            ["Ingest:Transactions:MaxGroups"] = "1",
            ["Ingest:Transactions:Memory"] = "00:10:00",
            ["Ingest:MaxSeries"] = "100",
        });
        await TransactAsync(host, "invented");
        var refused = await TransactAsync(host, "search");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused);

        await UntilAsync(host, alerts => alerts.Count == 1);
        Assert.Equal("transaction-group-limit", (await AlertsAsync(host))[0].Subject);

        // Once the other was silent for ten minutes.
        var minutes = 0;
        for (; await TransactAsync(host, "search") != HttpStatusCode.OK; minutes++)
        {
            Assert.InRange(minutes, 0, 60);
            host.Time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.InRange(minutes, 5, 60);
    }

    private static async Task<HttpStatusCode> TransactAsync(IngestHost host, string operation)
    {
        var start = host.Time.GetUtcNow().ToUnixTimeMilliseconds();
        using var content = new StringContent(
            $$"""{"operation":"{{operation}}","start":{{start}},"duration":0.1,"outcome":"ok"}""",
            Encoding.UTF8,
            "application/x-ndjson");
        using var answer = await host.Client.PostAsync(
            new Uri("/api/v1/transactions", UriKind.Relative), content, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private static async Task UntilAsync(IngestHost host, Func<List<Row>, bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        while (!condition(await AlertsAsync(host)))
        {
            host.Time.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(20, limit.Token);
        }
    }

    private static async Task<List<Row>> AlertsAsync(IngestHost host)
    {
        await using var connection = await host.Get<Database>().OpenAsync(TestContext.Current.CancellationToken);
        return [.. await connection.QueryAsync<Row>("select rule as Rule, series_id as Subject, closed_at as "
            + "ClosedAt from alert")];
    }

    private static async Task PostAsync(IngestHost host, params string[] series)
    {
        var lines = series.Select(
            name =>
                $$"""{"series":"{{name}}","timestamp":{{host.Time.GetUtcNow().ToUnixTimeMilliseconds()}},"value":1}""");
        using var content = new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson");
        await host.Client.PostAsync(
            new Uri("/api/v1/metrics", UriKind.Relative), content, TestContext.Current.CancellationToken);
    }

    private sealed record Row
    {
        public string Rule { get; init; } = "";

        public string Subject { get; init; } = "";

        public long? ClosedAt { get; init; }
    }
}
