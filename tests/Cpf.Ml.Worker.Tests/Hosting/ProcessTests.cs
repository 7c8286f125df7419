using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Cpf.Ml.Worker.Tests.Fixtures;

namespace Cpf.Ml.Worker.Tests.Hosting;

/// <summary>The program as a process of its own, as systemd starts it.</summary>
public sealed class ProcessTests
{
    private static readonly string Program = typeof(WorkerHost).Assembly.Location;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Invalid_settings_are_reported_one_line_each_and_nothing_is_started()
    {
        using var folder = new TemporaryFolder();

        var (exitCode, _, error) = await Command.RunAsync(
            folder.Path,
            "dotnet",
            Program,
            "--Access:LockAfter=0",
            "--Storage:Pth=x",
            "--Hosting:TrustedProxies:0=here");

        Assert.Equal(2, exitCode);
        Assert.Equal(
            [
                "Access: LockAfter must be 1 to 100, was 0.",
                "Hosting: TrustedProxies must hold networks as 10.0.0.0/8, held \"here\".",
                "Storage: there is no setting 'Pth'.",
            ],
            error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Unreachable_database_is_reported_without_its_password()
    {
        using var folder = new TemporaryFolder();
        var port = FreePort.Take();

        var (exitCode, output, error) = await Command.RunAsync(
            folder.Path,
            "dotnet",
            Program,
            $"--Storage:Connection=Host=127.0.0.1;Port={port};Username=a;Password=very-secret;Database=b");

        Assert.Equal(2, exitCode);
        Assert.Contains("The database cannot be used", error, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", output + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_in_use_is_reported_with_what_to_do()
    {
        using var folder = new TemporaryFolder();
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var address = $"http://{taken.LocalEndpoint}";

        var (exitCode, _, error) = await Command.RunAsync(folder.Path, "dotnet", Program, $"--Urls={address}");

        Assert.Equal(2, exitCode);
        Assert.Contains(
            $"{address}: address already in use: another program listens there.", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Urls=http://127.0.0.1:99999", "Urls names a port that there cannot be: 1 to 65535.")]
    [InlineData("--Urls=hello", "Urls must be addresses such as http://127.0.0.1:5080: Invalid url: 'hello'.")]
    [InlineData(
        "--Storage:Path=/proc/none/worker.db",
        "the folder of Storage:Path must be there or be made, and be open for writing to this account.")]
    public async Task Unusable_setting_is_reported_without_a_stack_trace(string setting, string words)
    {
        using var folder = new TemporaryFolder();

        var (exitCode, _, error) = await Command.RunAsync(folder.Path, "dotnet", Program, setting);

        Assert.Equal(2, exitCode);
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_line_overrides_environment_and_credentials_which_override_files()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.In("credentials"));
        await File.WriteAllTextAsync(
            folder.In("credentials/Access__FirstPassword"), "from a credential\n", Cancellation);
        var address = Address();
        await using var server = await ServerProcess.StartAsync(
            folder.In("log"),
            new Uri(address + "/health/ready"),
            "env",
            $"CPFML_Storage__Path={folder.In("environment.db")}",
            "CPFML_Urls=http://256.0.0.1:1",
            $"CREDENTIALS_DIRECTORY={folder.In("credentials")}",
            "dotnet",
            Program,
            $"--Urls={address}");

        await server.DisposeAsync();

        Assert.True(File.Exists(folder.In("environment.db")));
        var lines = (await File.ReadAllLinesAsync(folder.In("log"), Cancellation)).Where(line => line.Length > 0);
        Assert.All(lines, line => Assert.NotNull(JsonNode.Parse(line)!["LogLevel"]));
        Assert.DoesNotContain(lines, line => line.Contains("There is no account", StringComparison.Ordinal));
        Assert.Equal(0, server.ExitCode);
    }

    [Fact]
    public async Task Systemd_is_notified_of_readiness_and_stop()
    {
        using var folder = new TemporaryFolder();

        // The library believes a parent of this name only.
        File.Copy("/bin/sh", folder.In("systemd"));
        using var notify = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        notify.Bind(new UnixDomainSocketEndPoint(folder.In("notify")));
        var server = ServerProcess.Start(
            folder.In("log"),
            [
                "env", $"NOTIFY_SOCKET={folder.In("notify")}", folder.In("systemd"), "-c",
                """dotnet "$@" & child=$!; trap 'kill $child' TERM; wait; wait $child""", "sh",
                Program, $"--Urls={Address()}", $"--Storage:Path={folder.In("a.db")}",
            ]);
        await using (server)
        {
            Assert.Equal("READY=1", await ReceiveAsync(notify));
        }

        Assert.Equal("STOPPING=1", await ReceiveAsync(notify));
    }

    private static string Address() =>
        string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Take()}");

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        var buffer = new byte[256];
        var length = await socket.ReceiveAsync(buffer, deadline.Token);
        return Encoding.UTF8.GetString(buffer, 0, length).TrimEnd('\n');
    }
}
