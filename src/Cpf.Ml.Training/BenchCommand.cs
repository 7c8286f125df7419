using System.CommandLine;
using System.Diagnostics;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Data;
using Cpf.Ml.Training.Figures;

namespace Cpf.Ml.Training;

/// <summary>
/// <c>cpf-ml bench</c>: the figures of speed and memory, or with a filter the BenchmarkDotNet classes of that name.
/// </summary>
internal static class BenchCommand
{
    private const string Project = "tests/Cpf.Ml.Benchmarks";
    private const string Artifacts = "artifacts/benchmarks";

    public static Command Create()
    {
        var filter = new Option<string?>("--filter")
        {
            Description = "Part of the name of the BenchmarkDotNet classes or methods to run, whose results are also "
                + $"written to {Artifacts}. By default, the figures of speed and memory.",
        };
        var result = new Option<FileInfo?>("--result")
        {
            Description = "File for the figures, as JSON: docs/results/transactions/speed.json is what "
                + "docs/figures.md shows. None by default.",
        };
        var command = new LeafCommand(
            "bench",
            "Measures speed and memory and prints the figures; needs the source tree and the SDK.",
            "bench --filter KernelBenchmark")
        {
            filter, result,
        };
        command.SetAction((parsed, cancellation) =>
            RunAsync(parsed, parsed.GetValue(filter), parsed.GetValue(result), cancellation));
        return command;
    }

    /// <summary>The benchmarks print text, which goes to the error stream with --json.</summary>
    private static async Task<int> RunAsync(
        ParseResult parsed, string? filter, FileInfo? result, CancellationToken cancellationToken)
    {
        var root = SourceTree.Find();
        var (project, artifacts) = (Path.Combine(root, Project), Path.Combine(root, Artifacts));
        string[] arguments = filter is not null ? ["--filter", $"*{filter}*", "--artifacts", artifacts]
            : result is not null ? ["measure", "--result", result.FullName]
            : ["measure"];
        var start = new ProcessStartInfo("dotnet", ["run", "-c", "Release", "--project", project, "--", .. arguments])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start) ?? throw new InputException("dotnet did not start; is the SDK on the "
            + "PATH?");
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var lines = CommandResult.IsJson(parsed) ? error : output;
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            await lines.WriteLineAsync(line);
        }

        await process.WaitForExitAsync(cancellationToken);
        var document = new
        {
            filter,
            artifacts = filter is null ? null : artifacts,
            result = result?.FullName,
            process.ExitCode,
        };
        var summary = new CommandResult(document, _ => { }, process.ExitCode == 0 ? 0 : 1);
        summary.Write(parsed);
        return summary.ExitCode;
    }
}
