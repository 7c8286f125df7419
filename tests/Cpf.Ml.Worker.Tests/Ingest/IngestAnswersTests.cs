using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Cpf.Ml.Worker.Tests.Ingest;

/// <summary>What senders are answered by the whole service, over a real connection.</summary>
public sealed class IngestAnswersTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("metrics", false)]
    [InlineData("metrics", true)]
    [InlineData("transactions", false)]
    [InlineData("transactions", true)]
    public async Task Too_large_body_without_a_length_is_answered_with_the_accepted_count(string path, bool gzip)
    {
        await using var worker = await WorkerFixture.StartAsync(
            new() { ["Ingest:MaxBodyBytes"] = "100000", ["Ingest:Self:Enabled"] = "false" });
        using var client = await worker.WithTokenAsync("ingest");

        // Lines that do not pack well, so that the packed body is too large as well.
        var lines = string.Join('\n', Enumerable.Range(0, 20_000).Select(i => path == "metrics"
            ? $$"""{"series":"depth","timestamp":{{Now(i)}},"value":0.{{unchecked((uint)i * 2654435761)}}}"""
            : $$"""{"operation":"search","start":{{Now(0)}},"duration":0.{{unchecked((uint)i * 2654435761)}}"""
                + ""","outcome":"ok"}"""));
        using var answer = await PostAsync(client, path, lines, gzip);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
        var accepted = problem["accepted"]!.GetValue<int>();
        Assert.Contains(
            $"{accepted} lines were accepted", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.InRange(accepted, 0, path == "transactions" ? 0 : 19_999);
        Assert.Equal(accepted, worker.Services.GetRequiredService<IngestHealth>().Source(path).Status().Accepted);
    }

    [Fact]
    public async Task Transactions_may_be_compressed()
    {
        await using var worker = await WorkerFixture.StartAsync(new() { ["Ingest:Self:Enabled"] = "false" });
        using var client = await worker.WithTokenAsync("ingest");
        var lines = string.Join('\n', Enumerable.Range(0, 50).Select(i =>
            $$"""{"operation":"search","start":{{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + 90_000}}"""
                + $$""","duration":0.{{i + 1}},"outcome":"ok"}"""));

        using var answer = await PostAsync(client, "transactions", lines, gzip: true);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(50, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!["accepted"]!.GetValue<int>());
    }

    [Fact]
    public async Task Api_description_has_body_examples_that_are_accepted()
    {
        await using var worker = await WorkerFixture.StartAsync(new() { ["Ingest:Self:Enabled"] = "false" });
        using var client = await worker.WithTokenAsync("ingest");
        var paths = JsonNode.Parse(
            await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), Cancel))!["paths"]!;

        Assert.NotNull(paths["/api/v1/write"]!["post"]!["requestBody"]!["content"]!["application/x-protobuf"]);
        foreach (var path in new[] { "metrics", "transactions" })
        {
            var example =
                paths[$"/api/v1/{path}"]!["post"]!["requestBody"]!["content"]!["application/x-ndjson"]!["example"]!
                    .GetValue<string>();
            using var answer = await PostAsync(client, path, example, gzip: false);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Posted_transactions_including_late_ones_within_the_grace_open_an_incident()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));
        await using var worker = await WorkerFixture.StartAsync(
            new() { ["Ingest:Self:Enabled"] = "false", ["Access:RequestsPerSecond"] = "100000" },
            services => services.AddSingleton<TimeProvider>(time));
        using var client = await worker.WithTokenAsync("ingest");
        var incidents = worker.Services.GetRequiredService<IncidentSearchStore>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        IReadOnlyList<Scoring.Alerts.Alert> alerts = [];
        const int warm = 400;
        for (var point = 0; alerts.Count == 0; point++)
        {
            // A busy minute every ten, so that two days are soon over. In the anomalous ones every event fails; all
            // come after the minute's end.
            var failed = point >= warm;
            Assert.InRange(point, 0, warm + 30);
            time.Advance(TimeSpan.FromMinutes(10));
            var ended = time.GetUtcNow().AddSeconds(-1).ToUnixTimeMilliseconds();
            var lines = string.Join('\n', Enumerable.Range(0, 40).Select(i =>
                $$"""{"operation":"purchase","start":{{ended - 500}},"duration":0.{{(i % 5) + 1}}"""
                    + $$""","outcome":"{{(failed || i == 0 ? "error" : "ok")}}"}"""));
            using var answer = await PostAsync(client, "transactions", lines, gzip: false);
            Assert.Equal(
                40, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!["accepted"]!.GetValue<int>());
            alerts = await incidents.FindOpenAlertsAsync(limit.Token);
        }

        Assert.Contains(alerts, alert => alert.Service == "purchase");
    }

    private static long Now(int second) =>
        TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - 20_010_000 + (1000L * second);

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string path, string lines, bool gzip)
    {
        using var body = new MemoryStream();
        if (gzip)
        {
            await using var packed = new GZipStream(body, CompressionLevel.Optimal, leaveOpen: true);
            await packed.WriteAsync(Encoding.UTF8.GetBytes(lines), Cancel);
        }
        else
        {
            body.Write(Encoding.UTF8.GetBytes(lines));
        }

        body.Position = 0;
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri($"/api/v1/{path}", UriKind.Relative))
        { Content = new StreamContent(body) };
        request.Headers.TransferEncodingChunked = true;
        request.Content.Headers.ContentType = new("application/x-ndjson");
        if (gzip)
        {
            request.Content.Headers.ContentEncoding.Add("gzip");
        }

        return await client.SendAsync(request, Cancel);
    }
}
