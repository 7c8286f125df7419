using System.Globalization;

namespace Cpf.Ml.Training.Tests.Transactions;

public sealed class ScoreCommandTests : IDisposable
{
    private const string Header = "timestamp,value,expected,lower,upper,p_value,score,evidence,onset,alert,reason";
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Each_point_has_a_line_with_all_columns_and_its_original_timestamp()
    {
        var input = _folder.Write("series.csv", Series(new DateTime(2026, 1, 5), 1000, iso: true));
        var (exitCode, _, error) = await Cli.RunAsync(
            "transactions", "score", "--in", input, "--out", _folder["out/scored.csv"]);

        Assert.True(exitCode == 0, error);
        var lines = File.ReadAllLines(_folder["out/scored.csv"]);
        Assert.Equal(Header, lines[0]);
        Assert.Equal(1001, lines.Length);
        Assert.All(lines, line => Assert.Equal(11, line.Split(',').Length));
        Assert.Equal("2026-01-05T00:00:00Z", lines[1].Split(',')[0]);

        // Cold: nothing is expected before the first value, and a score of 0.
        Assert.Equal(["", "", "", "1", "0"], lines[1].Split(',')[2..7]);

        // The spike, far outside its band.
        var spike = lines[901].Split(',');
        Assert.InRange(Number(spike[6]), 80, 100);
        Assert.True(Number(spike[1]) > Number(spike[4]));
        Assert.InRange(Number(spike[2]), Number(spike[3]), Number(spike[4]));
        Assert.Contains("point up p=", spike[10], StringComparison.Ordinal);

        // A missing value keeps its line, with what was expected and no evidence.
        var missing = lines[951].Split(',');
        Assert.Equal(("", "1", "0", "0"), (missing[1], missing[5], missing[6], missing[7]));
        Assert.NotEmpty(missing[2]);
    }

    [Fact]
    public async Task Level_shift_opens_updates_and_closes_an_alert()
    {
        var input = _folder.Write("series.csv", Series(new DateTime(2026, 1, 5), 3000, iso: false, shiftAt: 2500));
        await Cli.RunAsync("transactions", "score", "--in", input, "--out", _folder["scored.csv"]);

        var alerts = File.ReadLines(_folder["scored.csv"]).Skip(1).Select(line => line.Split(',')[9]).ToList();
        Assert.All(alerts, alert => Assert.Contains(alert, new[] { "", "open", "update", "close" }));
        var shift = alerts[2500..];
        Assert.InRange(shift.IndexOf("open"), 0, 12);
        Assert.Contains("update", shift);
        Assert.True(shift.IndexOf("close") > shift.IndexOf("open"));
    }

    [Fact]
    public async Task What_if_lists_the_alerts_removed_and_added()
    {
        var input = _folder.Write("series.csv", Series(new DateTime(2026, 1, 5), 3000, iso: false, shiftAt: 2500));
        async Task<string> CompareAsync(string current, string other)
        {
            var (exitCode, output, error) = await Cli.RunAsync(
                "transactions",
                "score",
                "--in",
                input,
                "--out",
                _folder["scored.csv"],
                "--alerts-per-day",
                current,
                "--what-if",
                $"alerts-per-day={other}");
            Assert.True(exitCode == 0, error);
            return output;
        }

        var (less, more) = (await CompareAsync("50", "0.1"), await CompareAsync("0.1", "50"));

        Assert.Matches("series.csv: [1-9][0-9]* alerts stay, [1-9][0-9]* go, 0 come", less);
        Assert.Matches("series.csv: [1-9][0-9]* alerts stay, 0 go, [1-9][0-9]* come", more);
        Assert.Contains("  - 2026-01-", less, StringComparison.Ordinal);
        Assert.Contains("  + 2026-01-", more, StringComparison.Ordinal);
        Assert.Contains(": 1 alerts stay, 0 go, 0 come", await CompareAsync("0.1", "0.1"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("colour=red", "--what-if: there is no «colour»; known are")]
    [InlineData("quiet-points=many", "--what-if: quiet-points must be a number, was «many».")]
    [InlineData("quiet-points=0", "--what-if: QuietPoints must be at least 1, was 0.")]
    [InlineData("zone=Mars", "--what-if: Zone must be a time zone such as Europe/Paris, was Mars.")]
    public async Task Invalid_what_if_configuration_is_refused(string whatIf, string words)
    {
        var input = _folder.Write("series.csv", Series(new DateTime(2026, 1, 5), 10, iso: true));
        var (exitCode, _, error) = await Cli.RunAsync(
            "transactions", "score", "--in", input, "--out", _folder["scored.csv"], "--what-if", whatIf);

        Assert.Equal(2, exitCode);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_of_a_folder_are_scored_separately_under_the_same_names()
    {
        var text = Series(new DateTime(2026, 1, 5), 400, iso: true);
        _folder.Write("in/a.csv", text);
        _folder.Write("in/sub/b.csv", text);
        _folder.Write("in/notes.txt", "not a series");

        var (exitCode, _, _) = await Cli.RunAsync(
            "transactions", "score", "--in", _folder["in"], "--out", _folder["out"]);

        Assert.Equal(0, exitCode);
        var files = Directory.EnumerateFiles(_folder["out"], "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(_folder["out"], path)).Order(StringComparer.Ordinal);
        Assert.Equal(["a.csv", Path.Combine("sub", "b.csv")], files);
        Assert.Equal(File.ReadAllText(_folder["out/a.csv"]), File.ReadAllText(_folder["out/sub/b.csv"]));
    }

    [Fact]
    public async Task Unreadable_line_exits_with_2_and_names_file_and_line()
    {
        var input = _folder.Write("series.csv", "timestamp,value\n60,1\n120,x\n");
        var (exitCode, output, error) = await Cli.RunAsync(
            "transactions", "score", "--in", input, "--out", _folder["scored.csv"]);

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Equal($"{input}, line 3, column value: «x» is not a number.\n", error);
    }

    [Fact]
    public async Task Output_over_the_input_file_is_refused()
    {
        var text = Series(new DateTime(2026, 1, 5), 10, iso: true);
        var input = _folder.Write("series.csv", text);
        var (exitCode, _, error) = await Cli.RunAsync("transactions", "score", "--in", input, "--out", input);

        Assert.Equal((2, text), (exitCode, File.ReadAllText(input)));
        Assert.Contains("--out", error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// Five-minute points with a small deterministic noise, a spike at row 900 and a hole at row 950.
    /// </summary>
    private static string Series(DateTime start, int count, bool iso, int shiftAt = int.MaxValue)
    {
        var random = new Random(1);
        var lines = new List<string> { "timestamp,value" };
        for (var i = 0; i < count; i++)
        {
            var at = new DateTimeOffset(start, TimeSpan.Zero).AddMinutes(5 * i);
            var value = 50 + random.NextDouble() + (i == 900 ? 10 : 0) + (i >= shiftAt ? 5 : 0);
            var text = i == 950 ? "" : value.ToString("R", CultureInfo.InvariantCulture);
            lines.Add(iso ? $"{at:yyyy-MM-dd'T'HH:mm:ss'Z'},{text}" : $"{at.ToUnixTimeSeconds()},{text}");
        }

        return string.Join('\n', lines) + "\n";
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
