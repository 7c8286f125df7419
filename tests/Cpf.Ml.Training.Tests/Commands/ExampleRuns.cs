using System.CommandLine.Parsing;
using System.Net;
using System.Net.Sockets;

namespace Cpf.Ml.Training.Tests.Commands;

/// <summary>
/// Runs the command lines of examples in this process, in a temporary folder with a copy of the bundled
/// data. Each line runs once; one that ends with <c>&amp;</c> keeps running until the example is over.
/// </summary>
public sealed class ExampleRuns : IDisposable
{
    private const string ExamplePort = "5090";

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, (int ExitCode, string Output, string Error)> _finished = [];

    public ExampleRuns()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.In("data"), "*", SearchOption.AllDirectories))
        {
            var copy = _folder[Path.GetRelativePath(Repository.Root, file)];
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <returns>What the last line did.</returns>
    internal async Task<(int ExitCode, string Output, string Error)> RunAsync(IReadOnlyList<string> lines)
    {
        var port = FreePort();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        (Task<int> Ended, StringWriter Output, StringWriter Error)? background = null;
        (int ExitCode, string Output, string Error) last = default;
        foreach (var line in lines)
        {
            var words = line.Replace(ExamplePort, port, StringComparison.Ordinal).TrimEnd('&', ' ');
            if (line.EndsWith('&'))
            {
                background = await StartAsync(words, stop.Token);
            }
            else if (!_finished.TryGetValue(line, out last))
            {
                last = _finished[line] = await RunAsync(words);
            }
        }

        await stop.CancelAsync();
        return background is { } service && lines[^1].EndsWith('&')
            ? (await service.Ended, service.Output.ToString(), service.Error.ToString())
            : last;
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(string line)
    {
        var (ended, output, error) = Start(line, TestContext.Current.CancellationToken);
        return (await ended, output.ToString(), error.ToString());
    }

    /// <summary>Returns as soon as the command has printed, which is when it serves.</summary>
    private async Task<(Task<int> Ended, StringWriter Output, StringWriter Error)> StartAsync(
        string line, CancellationToken stop)
    {
        var (ended, output, error) = Start(line, stop);
        while (output.GetStringBuilder().Length == 0 && !ended.IsCompleted)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        return (ended, output, error);
    }

    private (Task<int> Ended, StringWriter Output, StringWriter Error) Start(string line, CancellationToken stop)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var ended = CommandLine.RunAsync(
            Arguments(line), TextWriter.Synchronized(output), TextWriter.Synchronized(error), stop);
        return (ended, output, error);
    }

    /// <summary>With files and folders, which the types of the options reveal, in the temporary folder.</summary>
    private string[] Arguments(string line)
    {
        string[] words = [.. CommandLineParser.SplitCommandLine(line)];
        var parsed = CommandLine.Root().Parse(words);
        var files = parsed.CommandResult.Command.Options
            .Where(option => option.ValueType.IsAssignableTo(typeof(FileSystemInfo)))
            .SelectMany(option => parsed.GetResult(option)?.Tokens ?? [])
            .Select(token => token.Value)
            .ToHashSet();
        bool IsValue(int i) => i > 0 && words[i - 1].StartsWith("--", StringComparison.Ordinal);
        bool IsFile(int i) => IsValue(i) && files.Contains(words[i]);
        return [.. words.Select((word, i) => IsFile(i) ? _folder[word] : word)];
    }

    public void Dispose() => _folder.Dispose();

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
