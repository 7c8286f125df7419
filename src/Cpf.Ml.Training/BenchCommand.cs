using System.CommandLine;
using System.Diagnostics;
using Cpf.Ml.Training.Data;
using Cpf.Ml.Training.Figures;

namespace Cpf.Ml.Training;

/// <summary><c>cpf-ml bench</c>: the promised figures, or with a filter the BenchmarkDotNet classes of that name.</summary>
internal static class BenchCommand
{
    private const string Project = "tests/Cpf.Ml.Benchmarks";
    private const string Artifacts = "artifacts/benchmarks";

    public static Command Create()
    {
        var filter = new Option<string?>("--filter")
        {
            Description = $"BenchmarkDotNet classes or methods with this in their name, also written to {Artifacts}; without it, the promised figures.",
        };
        var result = new Option<FileInfo?>("--result")
        {
            Description = "Also writes the promised figures there, as JSON: docs/results/transactions/speed.json is what docs/figures.md shows.",
        };
        var command = new Command(
            "bench", "Measures speed and memory and prints the figures; needs the source tree and the SDK.") { filter, result };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(filter), parsed.GetValue(result), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string? filter, FileInfo? result, CancellationToken cancellationToken)
    {
        var root = SourceTree.Find();
        var project = Path.Combine(root, Project);
        string[] arguments = filter is not null ? ["--filter", $"*{filter}*", "--artifacts", Path.Combine(root, Artifacts)]
            : result is not null ? ["measure", "--result", result.FullName]
            : ["measure"];
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["run", "-c", "Release", "--project", project, "--", .. arguments]))
            ?? throw new InputException("dotnet did not start; is the SDK on the PATH?");
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? 0 : 1;
    }
}
