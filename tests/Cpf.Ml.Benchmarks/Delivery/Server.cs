using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Cpf.Ml.Benchmarks.Delivery;

/// <summary>A server of the measurement, in a process of its own that ends with it.</summary>
internal sealed class Server : IDisposable
{
    private static readonly HttpClient Http = new();
    private readonly Process _process;

    private Server(Process process) => _process = process;

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Returns once <paramref name="ready"/> answers with success.</summary>
    /// <exception cref="InvalidOperationException">It does not within a minute.</exception>
    public static async Task<Server> StartAsync(string log, Uri ready, params string[] command)
    {
        var start =
            new ProcessStartInfo("/bin/sh", ["-c", "log=$1; shift; exec \"$@\" >\"$log\" 2>&1", "sh", log, .. command]);
        var server = new Server(Process.Start(start)!);
        for (var attempt = 0; attempt < 600; attempt++)
        {
            try
            {
                using var answer = await Http.GetAsync(ready);
                if (answer.IsSuccessStatusCode)
                {
                    return server;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(100);
        }

        server.Dispose();
        throw new InvalidOperationException($"{command[0]} is not ready. Its log:\n{await File.ReadAllTextAsync(log)}");
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
