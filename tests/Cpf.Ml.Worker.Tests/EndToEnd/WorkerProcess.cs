using System.Diagnostics;
using System.Net.Http.Headers;
using Cpf.Ml.Worker.Tests.Fixtures;

namespace Cpf.Ml.Worker.Tests.EndToEnd;

/// <summary>The Worker as a process of its own, over one database, that can be killed and started again.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly string[] _settings;
    private readonly string _log;
    private readonly string _token;
    private Process? _process;

    private WorkerProcess(Uri address, string token, string log, string[] settings)
    {
        Address = address;
        _token = token;
        _log = log;
        _settings = settings;
    }

    public Uri Address { get; }

    /// <param name="folder">Takes the database and the log.</param>
    /// <param name="settings">Configuration as <c>Name=value</c>.</param>
    public static async Task<WorkerProcess> StartAsync(TemporaryFolder folder, params string[] settings)
    {
        var path = folder.In("worker.db");
        string token;
        var storage = settings.Where(setting => setting.StartsWith("Storage:", StringComparison.Ordinal))
            .Select(setting => setting.Split('=', 2)).ToDictionary(setting => setting[0], setting => setting[1]);
        await using (var worker = await WorkerFixture.StartAsync(new(storage) { ["Storage:Path"] = path }))
        {
            token = await worker.TokenAsync("ingest", "read", "operate");
        }

        var address = new Uri($"http://127.0.0.1:{FreePort.Take()}/");
        var process = new WorkerProcess(
            address,
            token,
            folder.In("worker.log"),
            [$"Urls={address}", $"Storage:Path={path}", "Access:RequestsPerSecond=100000", .. settings]);
        await process.StartAsync();
        return process;
    }

    public HttpClient Client()
    {
        var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(2) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        return client;
    }

    /// <summary>Returns once the service is ready.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(
            "dotnet", [typeof(Program).Assembly.Location, .. _settings.Select(setting => $"--{setting}")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _ = CopyAsync(_process.StandardOutput);
        _ = CopyAsync(_process.StandardError);
        using var client = Client();
        for (var attempt = 0; attempt < 600; attempt++)
        {
            Assert.False(_process.HasExited, $"The worker ended. Its log: {_log}");
            try
            {
                using var answer = await client.GetAsync(
                    new Uri("health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Fail("The worker is not ready after half a minute. Its log: "
            + $"{await File.ReadAllTextAsync(_log, CancellationToken.None)}");
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }
    }

    private async Task CopyAsync(StreamReader from)
    {
        while (await from.ReadLineAsync(CancellationToken.None) is { } line)
        {
            lock (_settings)
            {
                File.AppendAllText(_log, line + "\n");
            }
        }
    }
}
