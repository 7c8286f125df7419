using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Cpf.Ml.Worker.Tests.Fixtures;

namespace Cpf.Ml.Worker.Tests.Deploy;

/// <summary>What a new user does first: <c>./run</c>, then sign in with what it printed.</summary>
public sealed partial class RunTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_prints_a_working_sign_in_shows_replayed_incidents_and_stops_on_Ctrl_C()
    {
        using var folder = new TemporaryFolder();
        var port = FreePort.Take();

        // Ten times the speed of the demonstration: its first incident begins in its 20th minute.
        using var run = Start($"--port {port} --Storage:Path={folder.In("run.db")} --Ingest:Demo:Speed=600");
        using var end = new Ended(run);
        using var client = await SignInAsync(run, port);

        await UntilAsync(client, "/api/v1/incidents", page => page.Contains(", depuis", StringComparison.Ordinal));
        await EndAsync(run);
    }

    [Fact]
    public async Task Run_with_data_replays_the_files_of_a_folder()
    {
        using var folder = new TemporaryFolder();
        var data = Directory.CreateDirectory(folder.In("data")).FullName;
        await File.WriteAllLinesAsync(
            Path.Combine(data, "file_attente.csv"),
            ["timestamp,value", .. Enumerable.Range(0, 500).Select(i => $"{1_767_571_200 + (i * 60)},{i % 7}")],
            Cancellation);
        var port = FreePort.Take();
        using var run = Start($"--port {port} --Storage:Path={folder.In("run.db")} --data {data}");
        using var end = new Ended(run);
        using var client = await SignInAsync(run, port);

        await UntilAsync(
            client, "/estate?open=replay", page => page.Contains("file_attente", StringComparison.Ordinal));

        await EndAsync(run);
    }

    /// <summary>
    /// As a terminal starts it: a shell that runs tests in the background has them ignore Ctrl-C, and all that they
    /// start.
    /// </summary>
    private static Process Start(string arguments) =>
        Process.Start(new ProcessStartInfo("env", $"--default-signal=INT {Repository.In("run")} {arguments}")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        })!;

    /// <summary>Waits for the printed password, and signs in with it as a browser does.</summary>
    private static async Task<HttpClient> SignInAsync(Process run, int port)
    {
        _ = run.StandardError.ReadToEndAsync(Cancellation);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        deadline.CancelAfter(Patience);
        Match printed;
        do
        {
            var line = await run.StandardOutput.ReadLineAsync(deadline.Token);
            Assert.NotNull(line);
            printed = Printed().Match(line);
        }
        while (!printed.Success);

        _ = run.StandardOutput.ReadToEndAsync(Cancellation);
        var client = new HttpClient(
            new HttpClientHandler { AllowAutoRedirect = false })
        { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        var form = await GetWhenItListensAsync(client, deadline.Token);
        using var fields = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["name"] = "admin",
            ["password"] = printed.Groups[1].Value,
            ["returnUrl"] = "",
            ["__RequestVerificationToken"] = AntiforgeryToken().Match(form).Groups[1].Value,
        });
        using var answer = await client.PostAsync("/sign-in", fields, deadline.Token);
        Assert.Equal((HttpStatusCode.Found, "/"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        return client;
    }

    private static async Task<string> GetWhenItListensAsync(HttpClient client, CancellationToken deadline)
    {
        while (true)
        {
            try
            {
                return await client.GetStringAsync("/sign-in", deadline);
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100, deadline);
            }
        }
    }

    private static async Task UntilAsync(HttpClient client, string path, Func<string, bool> wanted)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        deadline.CancelAfter(Patience);
        while (true)
        {
            var answer = await client.GetStringAsync(path, deadline.Token);
            if (wanted(answer))
            {
                return;
            }

            await Task.Delay(500, deadline.Token);
        }
    }

    private static async Task EndAsync(Process run)
    {
        var (sent, _, _) = await Command.RunAsync("/", "kill", "-INT", $"{run.Id}");
        Assert.Equal(0, sent);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        await run.WaitForExitAsync(deadline.Token);
        Assert.Equal(0, run.ExitCode);
    }

    /// <summary>A test that fails leaves no service behind.</summary>
    private sealed class Ended(Process run) : IDisposable
    {
        public void Dispose()
        {
            if (!run.HasExited)
            {
                run.Kill(entireProcessTree: true);
            }
        }
    }

    [GeneratedRegex(@"admin +((?:[a-z2-9]{5}-){3}[a-z2-9]{5})")]
    private static partial Regex Printed();

    [GeneratedRegex("name=\"[^\"]*RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex AntiforgeryToken();
}
