using Cpf.Ml.Worker.Access;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Cpf.Ml.Worker.Tests.Ingest;

public sealed class RealRemoteWriteTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Real_Prometheus_scrapes_the_service_and_remote_writes_to_it()
    {
        await using var worker = await WorkerFixture.StartAsync(new() { ["Ingest:Self:Enabled"] = "false" });
        var token = await worker.TokenAsync(Scopes.Ingest);
        await using var prometheus = await PrometheusServer.StartAsync(Configuration(worker.Address, token));
        var health = worker.Services.GetRequiredService<IngestHealth>();
        var catalog = worker.Services.GetRequiredService<SeriesCatalog>();

        await UntilAsync(() => health.Source(IngestHealth.RemoteWrite).Status().Accepted > 500);

        var names = catalog.Series.Select(series => series.Identity.Name).ToList();
        Assert.Contains("up", names);
        Assert.Contains("process_cpu_seconds_total", names);
        Assert.DoesNotContain("cpfml_build_info", names);
        Assert.DoesNotContain("scrape_duration_seconds", names);
        Assert.All(catalog.Series, series => Assert.Equal("cpf-ml", series.Service));
        var status = health.Source(IngestHealth.RemoteWrite).Status();
        Assert.Empty(status.Errors);
        Assert.DoesNotContain(
            status.Rejected, pair => pair.Key is not ("not-selected" or "unsupported" or "unknown-series"));

        // The sender agrees: nothing failed, nothing was dropped.
        Assert.Equal(
            "0", await ValueAsync(prometheus, "sum(prometheus_remote_storage_samples_failed_total) or vector(0)"));
    }

    [Fact]
    public async Task Remote_write_without_a_token_is_refused()
    {
        await using var worker = await WorkerFixture.StartAsync();
        using var client = worker.Anonymous();

        foreach (var path in (string[])["/api/v1/write", "/api/v1/metrics", "/api/v1/transactions"])
        {
            using var content = new StringContent("{}");
            using var answer = await client.PostAsync(
                new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
            Assert.Equal(System.Net.HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }
    }

    private static string Configuration(Uri worker, string token) =>
        $$"""
        global: { scrape_interval: 1s }
        remote_write:
          - url: {{worker}}api/v1/write
            authorization: { type: Bearer, credentials: "{{token}}" }
            queue_config: { batch_send_deadline: 1s }
        scrape_configs:
          - job_name: cpf-ml
            static_configs: [{ targets: ["{{worker.Authority}}"] }]
        """;

    private static async Task<string> ValueAsync(PrometheusServer prometheus, string query) =>
        (await prometheus.QueryAsync(query))["data"]!["result"]![0]!["value"]![1]!.GetValue<string>();

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Deadline);
        while (!condition())
        {
            await Task.Delay(100, limit.Token);
        }
    }
}
