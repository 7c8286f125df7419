using System.Text.Json;

namespace Cpf.Ml.Training.Tests.Commands;

/// <summary>The example at the end of every help runs as it is written, and with <c>--json</c> too.</summary>
public sealed class ExampleTests(ExampleRuns runs) : IClassFixture<ExampleRuns>
{
    /// <summary>Minutes: worlds of known truth, and a build of the benchmarks.</summary>
    private static readonly string[] Slow = ["evaluate neutrality", "bench"];

    public static TheoryData<string> Quick => [.. AllCommands.Leaves.Keys.Except(Slow)];

    public static TheoryData<string> Figures => [.. Slow];

    [Theory]
    [MemberData(nameof(Quick))]
    public Task Example_of_the_help_runs(string command) => ExampleRunsAsync(command);

    [Theory]
    [MemberData(nameof(Quick))]
    public Task Output_with_json_is_one_document(string command) => JsonIsOneDocumentAsync(command);

    [Theory]
    [MemberData(nameof(Figures))]
    [Trait("Stage", "Figures")]
    public Task Example_of_a_slow_command_runs_with_json(string command) => JsonIsOneDocumentAsync(command);

    private async Task ExampleRunsAsync(string command)
    {
        var (exitCode, output, error) = await runs.RunAsync(await LinesAsync(command));
        Assert.True(exitCode == 0, error);
        Assert.True(output.Length > 0, "The command is silent about what it has done.");
    }

    private async Task JsonIsOneDocumentAsync(string command)
    {
        var lines = await LinesAsync(command);
        var last = lines[^1];
        var asJson = last.EndsWith('&') ? last.Replace("&", "--json &", StringComparison.Ordinal) : last + " --json";
        var (exitCode, output, error) = await runs.RunAsync([.. lines[..^1], asJson]);
        Assert.True(exitCode == 0, error);
        using var document = JsonDocument.Parse(output);
        Assert.True(document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array, output);
    }

    /// <summary>The command lines at the end of the command's help, without the program's name.</summary>
    private static async Task<string[]> LinesAsync(string command)
    {
        const string Program = "  cpf-ml ";
        var (exitCode, help, error) = await Cli.RunAsync([.. command.Split(' '), "--help"]);
        Assert.True(exitCode == 0, error);
        var example = help.Split('\n').SkipWhile(line => !line.StartsWith("Example", StringComparison.Ordinal)).Skip(1)
            .Select(line => line.TrimEnd('\r')).TakeWhile(line => line.Length > 0).ToArray();
        Assert.NotEmpty(example);
        Assert.All(example, line => Assert.StartsWith(Program, line, StringComparison.Ordinal));
        return Array.ConvertAll(example, line => line[Program.Length..]);
    }
}
