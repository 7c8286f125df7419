using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cpf.Ml.Worker.Tests.Fixtures;

namespace Cpf.Ml.Worker.Tests.Ingest;

/// <summary>A real Prometheus on a free port of 127.0.0.1, with its files in a temporary folder.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private static readonly HttpClient Http = new();

    private readonly TemporaryFolder _folder;
    private ServerProcess _process = null!;

    private PrometheusServer(TemporaryFolder folder, Uri address) => (_folder, Address) = (folder, address);

    public Uri Address { get; }

    /// <param name="configuration">The text of prometheus.yml.</param>
    /// <param name="openMetrics">History to begin with, as promtool takes it; null when there is none.</param>
    public static async Task<PrometheusServer> StartAsync(string configuration, string? openMetrics = null)
    {
        var server = new PrometheusServer(new TemporaryFolder(), new Uri($"http://127.0.0.1:{FreePort.Take()}/"));
        await File.WriteAllTextAsync(
            server._folder.In("prometheus.yml"), configuration, TestContext.Current.CancellationToken);
        if (openMetrics is not null)
        {
            await server.BackfillAsync(openMetrics);
        }

        await server.StartAsync();
        return server;
    }

    public async Task StopAsync() => await _process.DisposeAsync();

    public async Task StartAsync() => _process = await ServerProcess.StartAsync(
        _folder.In("prometheus.log"),
        new Uri(Address, "-/ready"),
        "prometheus",
        $"--config.file={_folder.In("prometheus.yml")}",
        $"--storage.tsdb.path={_folder.In("data")}",
        "--storage.tsdb.retention.time=100y",
        $"--web.listen-address={Address.Authority}",
        $"--web.external-url={Address}");

    /// <summary>The answer of an instant query.</summary>
    public async Task<JsonNode> QueryAsync(string query) => (await Http.GetFromJsonAsync<JsonNode>(
        new Uri(Address, $"api/v1/query?query={Uri.EscapeDataString(query)}"), TestContext.Current.CancellationToken))!;

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private async Task BackfillAsync(string openMetrics)
    {
        var file = _folder.In("history.om");
        await File.WriteAllTextAsync(file, openMetrics, TestContext.Current.CancellationToken);
        using var promtool = System.Diagnostics.Process.Start("promtool",
            // One block: promtool reads the whole file again for each.
            [
                "tsdb", "create-blocks-from", "openmetrics", "--quiet", "--max-block-duration=1000h", file,
                _folder.In("data"),
            ]);
        await promtool.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, promtool.ExitCode);
    }
}
