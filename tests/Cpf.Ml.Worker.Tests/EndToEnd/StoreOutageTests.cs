using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Cpf.Ml.Worker.Tests.Fixtures;

namespace Cpf.Ml.Worker.Tests.EndToEnd;

public sealed class StoreOutageTests
{
    private static readonly MetricStream Stream = new(series: 4, seed: 5, daily: 0);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PostgreSQL_outage_makes_senders_retry_and_loses_or_duplicates_no_alert()
    {
        await using var cluster = new PostgresCluster();
        await using var worker = await WorkerFixture.StartAsync(new()
        {
            ["Storage:Connection"] = await cluster.CreateDatabaseAsync(),
            ["Ingest:Patience"] = "00:00:02",
            ["Ingest:Self:Enabled"] = "false",
            ["Transactions:CheckpointInterval"] = "00:00:01",
        });
        using var client = await worker.WithTokenAsync("ingest", "read");
        await Stream.SendAsync(client, 0, MetricStream.AnomalyStart(0), minutesPerBatch: 60, Cancel);

        await cluster.StopAsync();
        var refused = await RefusalsAsync(client, MetricStream.AnomalyStart(0), least: 3);
        await cluster.RestartAsync();
        Assert.All(refused, answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer));

        for (var minute = MetricStream.AnomalyStart(0); minute < Stream.Minutes; minute++)
        {
            await InsistAsync(client, minute);
        }

        var page = await client.GetFromJsonAsync<JsonElement>(
            new Uri("api/v1/incidents?take=200", UriKind.Relative), Cancel);
        var services = page.GetProperty("items").EnumerateArray()
            .SelectMany(incident => incident.GetProperty("alerts").EnumerateArray())
            .Where(
                alert => alert.GetProperty("openedAt")
                    .GetDateTimeOffset() >= MetricStream.Start.AddMinutes(MetricStream.AnomalyStart(0)))
            .Select(alert => alert.GetProperty("service").GetString());
        Assert.Equal(
            Enumerable.Range(0, Stream.Series).Select(number => $"s{number}"), services.Order(StringComparer.Ordinal));
    }

    /// <summary>The same minute again and again, as a sender does that is not acknowledged.</summary>
    private static async Task<List<HttpStatusCode>> RefusalsAsync(HttpClient client, int minute, int least)
    {
        var refused = new List<HttpStatusCode>();
        while (refused.Count < least)
        {
            refused.Add(await PostAsync(client, minute));
        }

        return refused;
    }

    private static async Task InsistAsync(HttpClient client, int minute)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        while (await PostAsync(client, minute) != HttpStatusCode.OK)
        {
            await Task.Delay(100, deadline.Token);
        }
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, int minute)
    {
        using var body = new StringContent(Stream.Lines(minute, minute + 1), Encoding.UTF8, "application/x-ndjson");
        using var answer = await client.PostAsync(new Uri("api/v1/metrics", UriKind.Relative), body, Cancel);
        return answer.StatusCode;
    }
}
