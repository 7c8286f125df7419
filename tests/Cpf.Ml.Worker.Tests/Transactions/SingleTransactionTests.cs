using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Transactions.Minutes;
using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Transactions;
using Cpf.Ml.Worker.Storage;
using Cpf.Ml.Worker.Tests.Fixtures;
using Dapper;

namespace Cpf.Ml.Worker.Tests.Transactions;

/// <summary>
/// Which transactions were slow: the way from a minute with examples to the incident that they belong to.
/// </summary>
public sealed class SingleTransactionTests : IDisposable
{
    private const int Day = 1440;

    private static readonly TransactionGroup Purchase = new("achat", "achat");

    private readonly TemporaryFolder _folder = new();
    private readonly Random _random = new(3);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Incident_keeps_its_slowest_transactions_over_a_restart()
    {
        var path = _folder.In("cpf-ml.db");
        var time = WatchedHost.ClockAt((3 * Day) + 40);
        string id;
        JsonElement examples;
        await using (var host = await WatchedHost.StartAsync(time, path))
        {
            await SendAsync(host, 0, 3 * Day);
            await SendAsync(host, 3 * Day, (3 * Day) + 30, factor: 6);
            id = await IncidentAsync(host);
            examples = await ExamplesAsync(host, id);
        }

        Assert.Equal(10, examples.EnumerateArray().Count(example => !example.GetProperty("failed").GetBoolean()));
        foreach (var example in examples.EnumerateArray().Take(10))
        {
            Assert.InRange(example.GetProperty("usualSeconds").GetDouble(), 0.85, 1.15);
            Assert.True(example.GetProperty("durationSeconds").GetDouble() > 4);
            Assert.InRange(example.GetProperty("score").GetDouble(), 60, 100);
            Assert.InRange(
                example.GetProperty("start").GetDateTimeOffset(),
                WatchedHost.Start.AddDays(3).AddMinutes(-1),
                WatchedHost.Start.AddDays(3).AddMinutes(30));
        }

        // An hour later, after a restart: ordinary transactions do not push out those of the trouble, and what was
        // usual is still known.
        time.Advance(TimeSpan.FromMinutes(1));
        await using var again = await WatchedHost.StartAsync(time, path);
        await SendAsync(again, (3 * Day) + 30, (3 * Day) + 32);
        Assert.Equal(examples.ToString(), (await ExamplesAsync(again, id)).ToString());
    }

    [Fact]
    public async Task Transactions_of_ordinary_minutes_are_not_kept()
    {
        await using var host = await WatchedHost.StartAsync(WatchedHost.ClockAt(Day));
        await SendAsync(host, 0, Day);

        // After all of them, so that it does not matter how far they have been judged by now.
        var later = WatchedHost.Start.AddDays(1).AddHours(1);
        var alert = new Alert
        {
            Id = "a",
            Capability = Capability.Transactions,
            Rule = AlertRules.NoData,
            SeriesId = "s",
            SeriesName = new("s", "s"),
            Service = "achat",
            Severity = Severity.Warning,
            OpenedAt = later,
            UpdatedAt = later,
            Document = new AlertDocument { Sentence = new("s", "s"), Since = later },
        };
        await host.Get<AlertPipeline>().ProcessAsync([new AlertChange(AlertTransition.Open, alert)], Cancel);
        var id = await IncidentAsync(host);
        using var client = await host.ClientAsync(Scopes.Read);

        Assert.Equal("[]", await client.GetStringAsync($"/api/v1/incidents/{id}/transactions", Cancel));
        using var unknown = await client.GetAsync("/api/v1/incidents/nobody/transactions", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Store_failure_loses_no_later_transaction_example()
    {
        using var log = new CapturedLog();
        await using var host = await WatchedHost.StartAsync(WatchedHost.ClockAt((3 * Day) + 40), log: log);
        await SendAsync(host, 0, 3 * Day);
        await RunAsync(host, "alter table incident_example rename to elsewhere");
        await SendAsync(host, 3 * Day, (3 * Day) + 20, factor: 6);
        var id = await IncidentAsync(host);
        await UntilAsync(
            () => Task.FromResult(log.Text.Contains("could not be scored or kept", StringComparison.Ordinal)));
        await RunAsync(host, "alter table elsewhere rename to incident_example");
        await SendAsync(host, (3 * Day) + 20, (3 * Day) + 21, factor: 6);

        Assert.NotEmpty((await ExamplesAsync(host, id)).EnumerateArray());
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// Minutes of 50 purchases of about a second, a few of which fail, through the door that all sources take.
    /// </summary>
    private async Task SendAsync(WatchedHost host, int from, int to, double factor = 1)
    {
        var series = new TransactionSeries(Purchase);
        var intake = host.Get<Intake>();
        for (var begin = from; begin < to; begin += 720)
        {
            var batch = intake.Batch();
            for (var minute = begin; minute < Math.Min(to, begin + 720); minute++)
            {
                series.Add(Minute(minute, factor), batch);
            }

            await intake.SubmitAsync(batch, host.Get<IngestHealth>().Source(IngestHealth.Transactions), Cancel);
        }
    }

    private TransactionMinute Minute(int minute, double factor)
    {
        var at = WatchedHost.Start.AddMinutes(minute).ToUnixTimeMilliseconds();
        var window = new TransactionAggregator(new TransactionAggregatorOptions(), at);
        for (var i = 0; i < 50; i++)
        {
            var duration = factor
                * Math.Exp(0.3 * ((_random.NextDouble() + _random.NextDouble() + _random.NextDouble()) * 2 - 3));
            window.Add(
                new TransactionEvent(
                    "achat", "achat", "web", "", at + 59_000 - (long)(1000 * duration), duration, i == 0,
                    $"{minute}-{i}"));
        }

        window.Close(at + 60_000);
        return window.Closed.Single();
    }

    private static async Task<string> IncidentAsync(WatchedHost host) =>
        Assert.Single(
            (await host.Get<IncidentSearchStore>().FindAsync(new IncidentQuery(IncidentState.Open), Cancel)).Items).Id;

    private static async Task RunAsync(WatchedHost host, string sql)
    {
        await using var connection = await host.Get<Database>().OpenAsync(Cancel);
        await connection.ExecuteAsync(sql);
    }

    /// <summary>The judge works beside the intake: what it keeps is there a moment later.</summary>
    private static async Task<JsonElement> ExamplesAsync(WatchedHost host, string id)
    {
        using var client = await host.ClientAsync(Scopes.Read);
        JsonElement found = default;
        await UntilAsync(async () =>
        {
            found = await client.GetFromJsonAsync<JsonElement>($"/api/v1/incidents/{id}/transactions", Cancel);
            return found.GetArrayLength() > 0 && host.Get<SingleTransactions>().Reader.Count == 0;
        });
        return found;
    }

    private static async Task UntilAsync(Func<Task<bool>> isTrue)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        while (!await isTrue())
        {
            await Task.Delay(20, deadline.Token);
        }
    }
}
