using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cpf.Ml.Worker.Tests.Fixtures;

namespace Cpf.Ml.Worker.Tests.Deploy;

/// <summary>The Grafana dashboard against a real Prometheus that scrapes the real service.</summary>
public sealed partial class DashboardTests(WorkerFixture worker) : IClassFixture<WorkerFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_dashboard_panel_queries_existing_metrics_with_valid_PromQL()
    {
        var dashboard = JsonNode.Parse(
            await File.ReadAllTextAsync(Repository.In("deploy/grafana/cpf-ml.json"), Cancellation))!;
        var queries = dashboard["panels"]!.AsArray().SelectMany(panel => panel!["targets"]!.AsArray())
            .Select(target => target!["expr"]!.GetValue<string>().Replace("$job", "cpf-ml", StringComparison.Ordinal))
            .ToList();
        using var client = worker.Anonymous();
        var exposed = Family().Matches(await client.GetStringAsync("/metrics", Cancellation))
            .Select(match => match.Groups[1].Value)
            .Concat(Declared()).ToHashSet();

        await using var prometheus = await StartPrometheusAsync();
        await prometheus.Server.UntilAsync(
            async _ => (await prometheus.QueryAsync("up == 1"))["data"]!["result"]!.AsArray().Count == 1);

        Assert.Equal("cpf-ml", dashboard["uid"]!.GetValue<string>());
        Assert.Contains(
            "datasource",
            dashboard["templating"]!["list"]!.AsArray().Select(variable => variable!["type"]!.GetValue<string>()));
        Assert.NotEmpty(queries);
        foreach (var query in queries)
        {
            var answer = await prometheus.QueryAsync(query);
            Assert.True(answer["status"]!.GetValue<string>() == "success", $"{query}: {answer["error"]}");
            Assert.All(
                Metric().Matches(query).Select(match => HistogramPart().Replace(match.Value, "")),
                metric => Assert.True(exposed.Contains(metric), $"The service has no metric {metric}."));
        }

        Assert.Single((await prometheus.QueryAsync("cpfml_build_info"))["data"]!["result"]!.AsArray());
    }

    /// <summary>
    /// Metrics whose labels have had no value yet are not on the page: their names are among the program's constants.
    /// </summary>
    private static List<string> Declared()
    {
        using var file = new PEReader(File.OpenRead(typeof(Program).Assembly.Location));
        var metadata = file.GetMetadataReader();
        var names = new List<string>();
        for (
            var handle = MetadataTokens.UserStringHandle(0); !handle.IsNil
                || names.Count == 0; handle = metadata.GetNextHandle(handle))
        {
            names.Add(metadata.GetUserString(handle));
        }

        return names;
    }

    private async Task<Prometheus> StartPrometheusAsync()
    {
        var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            folder.In("prometheus.yml"),
            $$"""
            global: { scrape_interval: 1s }
            scrape_configs: [{ job_name: cpf-ml, static_configs: [{ targets: ["{{worker.Address.Authority}}"] }] }]
            """,
            Cancellation);
        var address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{FreePort.Take()}");
        var server = await ServerProcess.StartAsync(
            folder.In("prometheus.log"),
            new Uri($"http://{address}/-/ready"),
            "prometheus",
            $"--config.file={folder.In("prometheus.yml")}",
            $"--storage.tsdb.path={folder.In("data")}",
            $"--web.listen-address={address}",
            $"--web.external-url=http://{address}/");
        return new Prometheus(server, folder, new HttpClient { BaseAddress = new Uri($"http://{address}/") });
    }

    [GeneratedRegex("^# TYPE (\\w+)", RegexOptions.Multiline)]
    private static partial Regex Family();

    [GeneratedRegex("\\b(cpfml|process|dotnet)_\\w+")]
    private static partial Regex Metric();

    [GeneratedRegex("_(bucket|count|sum)$")]
    private static partial Regex HistogramPart();

    private sealed record Prometheus(ServerProcess Server, TemporaryFolder Folder, HttpClient Client) : IAsyncDisposable
    {
        public async Task<JsonNode> QueryAsync(string query)
        {
            using var answer = await Client.GetAsync($"api/v1/query?query={Uri.EscapeDataString(query)}", Cancellation);
            return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!;
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await Server.DisposeAsync();
            Folder.Dispose();
        }
    }
}
