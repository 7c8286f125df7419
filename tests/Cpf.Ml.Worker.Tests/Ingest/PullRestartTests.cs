using System.Globalization;
using System.Text;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Tests.EndToEnd;
using Cpf.Ml.Worker.Tests.Fixtures;
using Cpf.Ml.Worker.Transactions;
using Microsoft.Extensions.DependencyInjection;

namespace Cpf.Ml.Worker.Tests.Ingest;

/// <summary>What detectors know of the history of a real Prometheus after kills, restarts and changes.</summary>
public sealed class PullRestartTests : IAsyncLifetime
{
    /// <summary>Minutes of history that are fetched, and a few for the time that the test takes.</summary>
    private const int Backfill = 720;

    private const int Margin = 10;

    private readonly TemporaryFolder _folder = new();
    private PrometheusServer _prometheus = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _prometheus = await PrometheusServer.StartAsync("global: {}", History());

    [Fact]
    public async Task Kill_before_the_first_checkpoint_fetches_the_history_again()
    {
        await using (var worker = await WorkerProcess.StartAsync(
            _folder, [
                .. Settings("login_latency").Select(setting => $"{setting.Key}={setting.Value}"),
                "Transactions:CheckpointInterval=01:00:00",
            ]))
        {
            await WaitAsync(async () => await AcceptedAsync(worker) >= 2 * (Backfill - Margin));
            await worker.KillAsync();
        }

        await using var again = await StartAsync("login_latency");

        await WaitAsync(
            async () =>
                await LearntAsync(again, "a") >= Backfill - Margin
                    && await LearntAsync(again, "b") >= Backfill - Margin);
    }

    [Fact]
    public async Task Clean_restart_fetches_no_point_again()
    {
        long learnt;
        await using (var first = await StartAsync("login_latency"))
        {
            await WaitAsync(async () => await LearntAsync(first, "b") >= Backfill - Margin);
            learnt = await LearntAsync(first, "b");
        }

        await using var second = await StartAsync("login_latency");
        Assert.InRange(await LearntAsync(second, "b"), learnt, learnt + Margin);
        await WaitAsync(
            () => Task.FromResult(
                second.Services.GetRequiredService<IngestHealth>().Source("pull:latency")
                    .Status() is { FailingSince: null }));
        Assert.InRange(
            second.Services.GetRequiredService<IngestHealth>().Source("pull:latency").Status().Accepted, 0, 2 * Margin);
    }

    [Fact]
    public async Task Changed_query_is_trained_again_from_its_history()
    {
        await using (var first = await StartAsync("login_latency"))
        {
            await WaitAsync(async () => await LearntAsync(first, "a") >= Backfill - Margin);
        }

        await using var second = await StartAsync("login_latency * 1000");

        await WaitAsync(async () => Expected(second, "a") > 100 && await LearntAsync(second, "a") >= Backfill - Margin);
        Assert.InRange(await LearntAsync(second, "a"), Backfill - Margin, Backfill + Margin);
    }

    [Fact]
    public async Task Series_refused_for_lack_of_room_gets_its_history_later()
    {
        await using (var first = await StartAsync("login_latency", ("Ingest:MaxSeries", "1")))
        {
            await WaitAsync(
                async () => await LearntAsync(first, "a") + await LearntAsync(first, "b") >= Backfill - Margin);
        }

        await using var second = await StartAsync("login_latency");

        await WaitAsync(
            async () =>
                await LearntAsync(second, "a") >= Backfill - Margin
                    && await LearntAsync(second, "b") >= Backfill - Margin);
        Assert.InRange(await LearntAsync(second, "a"), Backfill - Margin, Backfill + Margin);
        Assert.InRange(await LearntAsync(second, "b"), Backfill - Margin, Backfill + Margin);
    }

    public async ValueTask DisposeAsync()
    {
        await _prometheus.DisposeAsync();
        _folder.Dispose();
    }

    private Task<WorkerFixture> StartAsync(string query, params (string Key, string Value)[] others)
    {
        var settings = Settings(query);
        settings["Storage:Path"] = _folder.In("worker.db");
        foreach (var (key, value) in others)
        {
            settings[key] = value;
        }

        return WorkerFixture.StartAsync(settings);
    }

    private Dictionary<string, string> Settings(string query) => new()
    {
        ["Ingest:Pull:0:Name"] = "latency",
        ["Ingest:Pull:0:Url"] = _prometheus.Address.ToString(),
        ["Ingest:Pull:0:Query"] = query,
        ["Ingest:Pull:0:Backfill"] = TimeSpan.FromMinutes(Backfill).ToString(),
        ["Ingest:Self:Enabled"] = "false",
    };

    private static long Id(string region) => new SeriesIdentity("latency", [new("region", region)]).Id;

    private static async Task<long> LearntAsync(WorkerFixture worker, string region) =>
        await worker.Services.GetRequiredService<Estate>().DescribeAsync(Id(region), Cancel) is { } model
            ? model.PointsSeen
            : 0;

    private static double? Expected(WorkerFixture worker, string region) =>
        worker.Services.GetRequiredService<Estate>().Find(Id(region))?.Expected;

    private static async Task<double> AcceptedAsync(WorkerProcess worker)
    {
        using var client = worker.Client();
        var metrics = await client.GetStringAsync(new Uri("metrics", UriKind.Relative), Cancel);
        return metrics.Split('\n').FirstOrDefault(
            line => line.StartsWith(
                "cpfml_ingest_accepted_total{source=\"pull:latency\"}", StringComparison.Ordinal)) is { } line
            ? double.Parse(line.AsSpan(line.LastIndexOf(' ')), CultureInfo.InvariantCulture)
            : 0;
    }

    private static async Task WaitAsync(Func<Task<bool>> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        while (!await condition())
        {
            await Task.Delay(50, limit.Token);
        }
    }

    private static string History()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 60 * 60);
        var text = new StringBuilder("# TYPE login_latency gauge\n");
        foreach (var region in new[] { "a", "b" })
        {
            for (var at = now.AddMinutes(-2 * Backfill); at <= now; at = at.AddMinutes(1))
            {
                var value = 0.4 + (at.ToUnixTimeSeconds() / 60 % 7 / 100.0);
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"login_latency{{region=\"{region}\"}} {value} {at.ToUnixTimeSeconds()}\n");
            }
        }

        return text.Append("# EOF\n").ToString();
    }
}
