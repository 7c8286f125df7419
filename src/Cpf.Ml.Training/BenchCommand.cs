using System.CommandLine;
using System.Diagnostics;
using Cpf.Ml.Training.Data;

namespace Cpf.Ml.Training;

/// <summary><c>cpf-ml bench</c>: the promised figures, or with a filter the BenchmarkDotNet classes of that name.</summary>
internal static class BenchCommand
{
    private const string Project = "tests/Cpf.Ml.Benchmarks";
    private const string Artifacts = "artifacts/benchmarks";

    public static Command Create()
    {
        var filter = new Option<string?>("--filter") { Description = "BenchmarkDotNet classes or methods with this in their name; without it, the promised figures." };
        var command = new Command(
            "bench",
            $"Measures speed and memory and prints the figures; needs the source tree and the SDK. Nothing is overwritten: the figures that "
            + $"the README quotes are kept by hand in {Project}/results, with how busy the machine was. What --filter measures is also "
            + $"written to {Artifacts}.") { filter };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(filter), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string? filter, CancellationToken cancellationToken)
    {
        var project = Path.Combine(Root(), Project);
        string[] arguments = filter is null
            ? ["measure"]
            : ["--filter", $"*{filter}*", "--artifacts", Path.Combine(Root(), Artifacts)];
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["run", "-c", "Release", "--project", project, "--", .. arguments]))
            ?? throw new InputException("dotnet did not start; is the SDK on the PATH?");
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? 0 : 1;
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, Project)))
            {
                return folder.FullName;
            }
        }

        throw new InputException($"{Project} is in no folder above {AppContext.BaseDirectory}: benchmarks need the source tree.");
    }
}
