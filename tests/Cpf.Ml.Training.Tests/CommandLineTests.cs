namespace Cpf.Ml.Training.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("no-such-command", "no-such-command")]
    [InlineData("transactions score --in a.csv", "--out")]
    [InlineData("transactions score --in a.csv --out b.csv --kind Colour", "Colour")]
    [InlineData("transactions score --in /no/such.csv --out b.csv", "/no/such.csv: no such file or folder.")]
    [InlineData(
        "transactions score --in /no/such.csv --out b.csv --zone Mars --alerts-per-day 0",
        "--alerts-per-day 0: expected a number, 0.0001 to 1000.")]
    [InlineData(
        "train transactions --data /no/such --models m --zone Mars --quiet-points 0 --alerts-per-day 0",
        "--quiet-points 0: expected a whole number, 1 to 100000. --alerts-per-day 0: expected a number, 0.0001 to "
            + "1000.")]
    [InlineData("transactions score --in /no/such.csv --out b.csv --zone Mars", "Zone must be a time zone such as "
        + "Europe/Paris, was Mars.")]
    [InlineData("train transactions --data /no/such --models m --zone Mars", "Zone must be a time zone such as "
        + "Europe/Paris, was Mars.")]
    [InlineData("train transactions --data /no/such --models m", "/no/such: no such folder.")]
    [InlineData("transactions nab --data /no/such", "combined_windows.json")]
    public async Task Bad_usage_exits_with_2_and_one_clear_line(string arguments, string named)
    {
        var (exitCode, output, error) = await Cli.RunAsync(arguments.Split(' '));

        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task Help_of_bench_names_the_folder_of_result_files()
    {
        var (exitCode, output, _) = await Cli.RunAsync("bench", "--help");

        Assert.Equal(0, exitCode);
        Assert.Contains("docs/results", output, StringComparison.Ordinal);
    }
}
