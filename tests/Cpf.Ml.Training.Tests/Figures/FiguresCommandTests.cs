using Cpf.Ml.Training.Data;
using Cpf.Ml.Training.Figures;

namespace Cpf.Ml.Training.Tests.Figures;

public sealed class FiguresCommandTests : IDisposable
{
    private const string Nab = "docs/results/transactions/nab.json";
    private readonly TemporaryFolder _tree = new();

    public FiguresCommandTests()
    {
        _tree.Write("README.md", "Found: <!-- figure transactions/nab/best-standard --><!-- /figure -->.\n");
        _tree.Write("docs/page.md", "<!-- figure transactions/nab/windows -->many<!-- /figure --> windows\n");
        Result("./cpf-ml transactions nab --data DIR").Write(_tree[Nab]);
    }

    [Fact]
    public void Figures_are_written_between_their_markers_and_into_the_tables()
    {
        Assert.Equal((0, 3), Run(check: false));

        Assert.Equal("Found: <!-- figure transactions/nab/best-standard -->76.5<!-- /figure -->.\n", Read("README.md"));
        Assert.Equal("<!-- figure transactions/nab/windows -->1 061<!-- /figure --> windows\n", Read("docs/page.md"));
        var tables = Read("docs/figures.md");
        Assert.Contains("| best | 76.5 |\n", tables, StringComparison.Ordinal);
        Assert.Contains("| ARTime ([source](https://a.org)) | 74.9 |\n", tables, StringComparison.Ordinal);
        Assert.Contains("| windows | 1 061 | 2 000 (**missed**) |\n", tables, StringComparison.Ordinal);
        Assert.Contains("add `--result docs/results/matching/links.json`", tables, StringComparison.Ordinal);
        Assert.Equal((0, 0), Run(check: true));
    }

    [Theory]
    [InlineData("README.md", "76.5", "77.5")]
    [InlineData("docs/page.md", "1 061", "1 062")]
    [InlineData("docs/figures.md", "74.9", "70.0")]
    public void Check_exits_with_1_where_a_figure_was_edited_by_hand(string page, string written, string edited)
    {
        Run(check: false);
        _tree.Write(page, Read(page).Replace(written, edited, StringComparison.Ordinal));

        Assert.Equal((1, 1), Run(check: true));
        Assert.Contains(edited, Read(page), StringComparison.Ordinal);
    }

    [Fact]
    public void Figure_without_a_result_file_is_written_as_not_yet_measured()
    {
        _tree.Write("README.md", "<!-- figure matching/links/ours -->0.99<!-- /figure -->\n");
        Run(check: false);

        Assert.Equal("<!-- figure matching/links/ours -->not yet measured<!-- /figure -->\n", Read("README.md"));
    }

    [Theory]
    [InlineData("transactions/nab/worst", "transactions/nab/worst: its result file has no such figure.")]
    [InlineData("transactions/nap/best", "transactions/nap/best: no run of FigureRun.All has this name.")]
    public void Unknown_figure_is_refused_by_name(string reference, string reason)
    {
        _tree.Write("README.md", $"<!-- figure {reference} --><!-- /figure -->\n");

        Assert.Equal(reason, Assert.Throws<InputException>(() => Run(check: false)).Message);
    }

    [Fact]
    public void Result_file_of_other_options_is_refused()
    {
        const string Command = "./cpf-ml transactions nab --data DIR";
        Result($"{Command} --important").Write(_tree[Nab]);

        var refused = Assert.Throws<InputException>(() => Run(check: false));
        Assert.Equal($"{Nab}: made by «{Command} --important» instead of «{Command}».", refused.Message);
    }

    [Theory]
    [InlineData(Nab, "{}", "not a result file of format 1.")]
    [InlineData(Nab, """{ "format": 2 }""", "not a result file of format 1.")]
    [InlineData(Nab, """{ "colour": 1 }""", "colour")]
    [InlineData("docs/results/a/b.json", "{}", "docs/results/a/b.json: no run of FigureRun.All leaves this file.")]
    public void File_that_no_run_left_is_refused(string path, string text, string reason)
    {
        _tree.Write(path, text);

        var refused = Assert.Throws<InputException>(() => Run(check: false));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _tree.Dispose();

    private static ResultFile Result(string command) => ResultFile.Now(command, [3],
    [
        Figure.Measured("best-standard", "best", 76.46, decimals: 1) with { Column = "standard" },
        new Figure("artime-standard", "ARTime", 74.9, Decimals: 1) { Column = "standard", Source = "https://a.org" },
        Figure.Measured("windows", "windows", 1061, decimals: 0).For("2 000", isMet: false),
    ]);

    private (int ExitCode, int Pages) Run(bool check)
    {
        using var output = new StringWriter();
        var result = FiguresCommand.Run(_tree["."], check);
        result.Text(output);
        return (
            result.ExitCode,
            output.ToString().Split('\n').Count(line => line.Contains(".md ", StringComparison.Ordinal)));
    }

    private string Read(string page) => File.ReadAllText(_tree[page]);
}
