using System.Diagnostics;

namespace Cpf.Ml.Worker.Tests.Fixtures;

/// <summary>A real server of a test. It ends with the test, even when the test process is killed.</summary>
/// <remarks>
/// A shell stands between: it stops the server when its standard input closes, which the kernel does for a dead parent.
/// </remarks>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string Guard = """
        exec 3<&0
        log=$1; signal=$2; shift 2
        "$@" >"$log" 2>&1 3<&- </dev/null &
        server=$!
        { read -r _ <&3; kill -s "$signal" "$server"; } &
        guard=$!
        exec 3<&-
        wait "$server"; code=$?
        kill "$guard" 2>/dev/null
        exit "$code"
        """;

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly Process _process;
    private bool _disposed;

    private ServerProcess(Process process, string log)
    {
        _process = process;
        LogFile = log;
    }

    public string LogFile { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>Of the server; once it has ended.</summary>
    public int ExitCode { get; private set; } = -1;

    /// <param name="log">File that takes the server's output.</param>
    /// <param name="command">Program and arguments.</param>
    /// <param name="signal">What asks the server to stop.</param>
    public static ServerProcess Start(string log, IEnumerable<string> command, string signal = "TERM")
    {
        var start = new ProcessStartInfo(
            "/bin/sh", ["-c", Guard, "sh", log, signal, .. command])
        { RedirectStandardInput = true };
        return new ServerProcess(Process.Start(start)!, log);
    }

    /// <summary>Starts a server and returns once <paramref name="ready"/> answers with success.</summary>
    public static async Task<ServerProcess> StartAsync(string log, Uri ready, params string[] command)
    {
        var server = Start(log, command);
        try
        {
            await server.UntilAsync(async cancellationToken =>
            {
                using var response = await Http.GetAsync(ready, cancellationToken);
                return response.IsSuccessStatusCode;
            });
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns once <paramref name="ready"/> holds; a refused connection counts as not yet.</summary>
    /// <exception cref="InvalidOperationException">
    /// The server ended, or a minute passed; the message carries its log.
    /// </exception>
    public async Task UntilAsync(Func<CancellationToken, Task<bool>> ready)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        while (!_process.HasExited && !deadline.IsCancellationRequested)
        {
            try
            {
                if (await ready(deadline.Token))
                {
                    return;
                }

                await Task.Delay(50, deadline.Token);
            }
            catch (Exception exception) when (
                exception is HttpRequestException or System.Data.Common.DbException or OperationCanceledException)
            {
                await Task.Delay(50, CancellationToken.None);
            }
        }

        var log = File.Exists(LogFile) ? await File.ReadAllTextAsync(LogFile, CancellationToken.None) : "";
        throw new InvalidOperationException(
            $"The server is not ready ({(_process.HasExited ? "it ended" : "a minute passed")}). Its log:\n{log}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
            ExitCode = _process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
