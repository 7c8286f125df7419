using System.Net.Http.Json;
using System.Text.Json;
using Cpf.Ml.Worker.Tests.Fixtures;

namespace Cpf.Ml.Worker.Tests.Publish;

/// <summary>A real Alertmanager 0.25.</summary>
internal sealed class AlertmanagerServer : IAsyncDisposable
{
    private static readonly HttpClient Http = new();

    private readonly TemporaryFolder _folder = new();
    private readonly int _port = FreePort.Take();
    private ServerProcess? _server;

    /// <summary>Whom it notifies, at once; nobody when empty.</summary>
    public string Notifies { get; init; } = "";

    public string Url => $"http://127.0.0.1:{_port}";

    public async Task StartAsync()
    {
        await File.WriteAllTextAsync(
            _folder.In("am.yml"),
            $$"""
            global: { resolve_timeout: 5m }
            route: { receiver: it, group_by: [incident], group_wait: 200ms, group_interval: 1s }
            receivers: [{ name: it{{(Notifies.Length > 0 ? $", webhook_configs: [{{ url: '{Notifies}' }}]" : "")}} }]
            """,
            TestContext.Current.CancellationToken);
        _server = await ServerProcess.StartAsync(
            _folder.In("am.log"),
            new Uri($"{Url}/-/ready"),
            "/usr/bin/prometheus-alertmanager",
            $"--config.file={_folder.In("am.yml")}",
            $"--storage.path={_folder.In("am")}",
            $"--web.listen-address=127.0.0.1:{_port}",
            $"--web.external-url={Url}/",
            "--cluster.listen-address=");
    }

    /// <summary>Posts as any other client would.</summary>
    public async Task PostAsync(params object[] alerts)
    {
        using var answer = await Http.PostAsJsonAsync(
            $"{Url}/api/v2/alerts", alerts, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public async Task StopAsync()
    {
        await _server!.DisposeAsync();
        _server = null;
    }

    /// <summary>Waits until the alerts that are active are as wanted; returns them.</summary>
    public async Task<IReadOnlyList<JsonElement>> UntilAsync(Func<IReadOnlyList<JsonElement>, bool> wanted)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        IReadOnlyList<JsonElement> active = [];
        try
        {
            while (true)
            {
                active = await Http.GetFromJsonAsync<List<JsonElement>>($"{Url}/api/v2/alerts", deadline.Token) ?? [];
                if (wanted(active))
                {
                    return active;
                }

                await Task.Delay(50, deadline.Token);
            }
        }
        catch (OperationCanceledException)
        {
            throw new InvalidOperationException(
                $"Not as wanted within a minute. Active: {JsonSerializer.Serialize(active)}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _folder.Dispose();
    }
}
