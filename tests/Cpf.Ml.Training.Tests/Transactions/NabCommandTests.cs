using System.Text.Json;
using Cpf.Ml.Training.Data;
using Cpf.Ml.Training.Transactions.Evaluation.Nab;

namespace Cpf.Ml.Training.Tests.Transactions;

public sealed class NabCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Window_starts_at_the_first_row_of_a_repeated_timestamp()
    {
        _folder.Write("data/a/x.csv", "timestamp,value\n2026-01-05 00:00:00,1\n2026-01-05 00:05:00,2\n2026-01-05 "
            + "00:05:00,3\n2026-01-05 00:10:00,4\n");
        _folder.Write(
            "labels/combined_windows.json",
            """{"a/x.csv": [["2026-01-05 00:05:00.000000", "2026-01-05 00:10:00.000000"]], "b/y.csv": []}""");

        var (name, points, windows) = Assert.Single(NabCorpus.Read(_folder["."]));
        Assert.Equal("a/x.csv", name);
        Assert.Equal(4, points.Count);
        Assert.Equal([(1, 3)], windows);
    }

    [Theory]
    [InlineData(
        """{"a/x.csv": [["2026-01-05 00:07:00", "2026-01-05 00:07:00"]]}""",
        "labels/combined_windows.json: a/x.csv has no row at 2026-01-05 00:07:00.")]
    [InlineData("""{"a/z.csv": []}""", "labels/combined_windows.json: no entry for a/x.csv.")]
    [InlineData("null", "the file holds null; expected windows by file name.")]
    [InlineData("{", "combined_windows.json: ")]
    [InlineData(
        """{"a/x.csv": [["2026-01-05 00:00:00"]]}""",
        "labels/combined_windows.json: a/x.csv: a window has two timestamps, found 1.")]
    [InlineData(
        """{"a/x.csv": [["soon", "later"]]}""", "labels/combined_windows.json: a/x.csv: «soon» is no timestamp.")]
    public void Labels_that_do_not_match_the_data_are_refused_by_name(string labels, string reason)
    {
        _folder.Write("data/a/x.csv", "timestamp,value\n2026-01-05 00:00:00,1\n");
        _folder.Write("labels/combined_windows.json", labels);

        var refused = Assert.Throws<InputException>(() => NabCorpus.Read(_folder["."]).ToList());
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Stage", "Figures")]
    public async Task Development_half_scores_above_the_best_published_detectors_at_a_cross_fitted_threshold()
    {
        var (exitCode, output, _) = await Cli.RunAsync(
            "transactions", "nab", "--data", SharedData.Folder("nab"), "--out", _folder["out"], "--json");

        Assert.Equal(0, exitCode);
        using var json = JsonDocument.Parse(output);
        Assert.Equal(
            (29, 61),
            (json.RootElement.GetProperty("files").GetInt32(), json.RootElement.GetProperty("windows").GetInt32()));
        var standard = json.RootElement.GetProperty("profiles").GetProperty("standard");

        // One window is worth 1.6 points: this guards against a fall, not against noise.
        Assert.InRange(standard.GetProperty("score").GetDouble(), 72, 100);
        Assert.InRange(standard.GetProperty("cross_fitted").GetDouble(), 70, standard.GetProperty("score").GetDouble());
        Assert.InRange(
            json.RootElement.GetProperty("profiles").GetProperty("reward_low_FP").GetProperty("score").GetDouble(),
            66,
            100);
        Assert.InRange(
            json.RootElement.GetProperty("profiles").GetProperty("reward_low_FN").GetProperty("score").GetDouble(),
            78,
            100);
        Assert.Equal(29, Directory.EnumerateFiles(_folder["out"], "*.csv", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public async Task Table_has_every_file_the_profiles_and_the_published_figures()
    {
        // Two files of 300 rows; the window of the first holds its only spike, the second has none.
        var rows = Enumerable.Range(0, 300)
            .Select(i => $"{new DateTime(2026, 1, 5).AddMinutes(5 * i):yyyy-MM-dd HH:mm:ss}");
        string Rows(int spike) => string.Join(
            '\n', rows.Select((at, i) => $"{at},{(i == spike ? 500 : 50 + (i % 7))}"));
        _folder.Write("data/a/spike.csv", "timestamp,value\n" + Rows(250));
        _folder.Write("data/a/calm.csv", "timestamp,value\n" + Rows(-1));
        _folder.Write(
            "labels/combined_windows.json",
            """{"a/calm.csv": [], "a/spike.csv": [["2026-01-05 20:50:00", "2026-01-05 20:55:00"]]}""");
        var (exitCode, output, _) = await Cli.RunAsync("transactions", "nab", "--data", _folder["."]);

        Assert.Equal(0, exitCode);
        Assert.Contains("2 files, 1 windows", output, StringComparison.Ordinal);
        Assert.Matches(@"a/spike\.csv +1 +1 +0", output);
        Assert.Matches(@"a/calm\.csv +0 +0 +0", output);
        Assert.Matches("profile +score +cross-fitted +found +false rows", output);
        Assert.Matches(@"reward_low_FN +100\.00", output);
        Assert.Contains("ARTime", output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
