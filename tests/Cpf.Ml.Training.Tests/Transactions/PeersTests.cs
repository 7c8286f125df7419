namespace Cpf.Ml.Training.Tests.Transactions;

/// <summary>Other programs judge the very same series.</summary>
public sealed class PeersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Scores_of_a_peer_are_a_row_of_the_table()
    {
        await WriteAsync();
        foreach (var file in Directory.EnumerateFiles(_folder["in"]))
        {
            // A peer for which high values are anomalous.
            _folder.Write(
                $"out/high values/{Path.GetFileName(file)}",
                string.Join('\n', File.ReadLines(file).Skip(1).Select(line => line.Split(',')[1])) + "\n");
        }

        var (exitCode, output, _) = await Cli.RunAsync(
            "evaluate", "transactions", "--series", "2", "--peers", _folder["out"]);

        Assert.Equal(0, exitCode);
        Assert.Matches("high values +[01]\\.[0-9]{2}", output);
    }

    [Theory]
    [InlineData("000.csv", "1\n2\n", "2 lines, the series has 50400 points.")]
    [InlineData("000.csv", "much\n", "line 1: «much» is not a number.")]
    [InlineData("other.csv", "1\n", "000.csv: no such file; the peer has no scores of that series.")]
    public async Task Peer_scores_that_do_not_match_the_series_are_refused(string file, string text, string words)
    {
        _folder.Write($"out/peer/{file}", text);
        var (exitCode, _, error) = await Cli.RunAsync(
            "evaluate", "transactions", "--series", "2", "--peers", _folder["out"]);

        Assert.Equal(2, exitCode);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task WriteAsync()
    {
        var (exitCode, _, _) = await Cli.RunAsync(
            "evaluate", "transactions", "--series", "2", "--write", _folder["in"]);
        Assert.Equal(0, exitCode);
        Assert.Equal(
            ["000.csv", "001.csv"],
            Directory.EnumerateFiles(_folder["in"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }
}
