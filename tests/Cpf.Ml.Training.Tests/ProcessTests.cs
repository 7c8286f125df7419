namespace Cpf.Ml.Training.Tests;

/// <summary>What only a process can show: its exit code and which of its two streams a line goes to.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Help_goes_to_standard_output_and_exits_with_0()
    {
        var (exitCode, output, error) = await Cli.StartAsync("--help");

        Assert.Equal((0, ""), (exitCode, error));
        Assert.All(
            [
                "transactions", "certifications", "matching", "neutrality", "data", "train", "evaluate", "bench",
                "figures",
            ],
            command => Assert.Contains($"\n  {command} ", output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_that_fails_exits_with_1_and_reports_on_standard_output()
    {
        var file = _folder.Write("vectors.json", """
            {"vectors": [
              {"id": "wrong", "metric": "m-table", "input": {"k": 3, "p": 0.5, "alpha": 0.1}, "expected": [9, 0, 0],
               "tolerance": 0}]}
            """);
        var (exitCode, output, error) = await Cli.StartAsync("neutrality", "vectors", "--file", file);

        Assert.Equal((1, ""), (exitCode, error));
        Assert.Contains("wrong: [0]: 0, expected 9", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-command", "no-such-command")]
    [InlineData("transactions nab --data /no/such", "combined_windows.json")]
    public async Task Bad_usage_and_bad_input_exit_with_2_and_one_line_on_standard_error(string arguments, string named)
    {
        var (exitCode, output, error) = await Cli.StartAsync(arguments.Split(' '));

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }

    public void Dispose() => _folder.Dispose();
}
