using System.Globalization;
using Cpf.Ml.Training.Certifications.Evaluation;

namespace Cpf.Ml.Training.Tests.Certifications;

public sealed class OutliersCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Every_row_is_scored_and_the_outlier_is_highest()
    {
        var (exit, _, error) = await RunAsync(Table(label: null));

        Assert.True(exit == 0, error);
        var lines = await File.ReadAllLinesAsync(_folder["out.csv"], TestContext.Current.CancellationToken);
        Assert.Equal("row,score", lines[0]);
        Assert.Equal(
            Enumerable.Range(0, 101),
            lines.Skip(1).Select(line => int.Parse(line.Split(',')[0], CultureInfo.InvariantCulture)));
        Assert.Equal(
            100,
            lines.Skip(1).Index()
                .MaxBy(line => double.Parse(line.Item.Split(',')[1], CultureInfo.InvariantCulture)).Index);
    }

    /// <summary>Where one row in ten is of a sort that no detector finds, labels on some raise those without.</summary>
    [Fact]
    public async Task Few_labels_raise_unlabelled_rows_of_the_same_kind()
    {
        var random = new Random(1);
        var sort = Enumerable.Range(0, 400).Select(i => i % 10 == 0).ToArray();
        string Row(int i) => string.Create(
            CultureInfo.InvariantCulture,
            $"{(sort[i] ? 0.45 + (0.1 * random.NextDouble()) : random.NextDouble())},"
                + $"{random.NextDouble()},{(sort[i] && i < 150 ? "1" : string.Empty)}");
        var path = _folder.Write("in.csv", "a,b,y\n" + string.Join('\n', Enumerable.Range(0, 400).Select(Row)) + "\n");
        var hidden = Enumerable.Range(150, 250).ToArray();
        bool[] outliers = [.. hidden.Select(row => sort[row])];
        double[] Scores() => [.. File.ReadLines(_folder["out.csv"]).Skip(151)
            .Select(line => double.Parse(line.Split(',')[1], CultureInfo.InvariantCulture))];

        await RunAsync(path, "--label", "y", "--labelled-fraction", "0");
        var without = RankingQuality.Measure(Scores(), outliers).Auroc;
        await RunAsync(path, "--label", "y");
        var with = RankingQuality.Measure(Scores(), outliers).Auroc;

        Assert.InRange(without, 0, 0.6);
        Assert.InRange(with, 0.85, 1);
    }

    [Theory]
    [InlineData("a,b\n1,2\n3\n", "line 3: 1 fields, the header has 2")]
    [InlineData("a,b\n1,x\n3,4\n", "line 2, column b: «x» is not a number")]
    [InlineData("a,b\n1,1\n1,1\n", "every column has one value only")]
    [InlineData("a,b\n1,1\n", "1 rows")]
    [InlineData("", "the file is empty")]
    public async Task Table_that_cannot_be_read_is_refused_with_the_reason(string text, string reason)
    {
        var (exit, _, error) = await RunAsync(_folder.Write("bad.csv", text));

        Assert.Equal(2, exit);
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["out.csv"]));
    }

    [Fact]
    public async Task Invalid_label_is_refused_with_its_row()
    {
        var (exit, _, error) = await RunAsync(_folder.Write("bad.csv", "a,y\n1,0\n2,3\n"), "--label", "y");

        Assert.Equal(2, exit);
        Assert.Contains("line 3, column y: «3» is no label", error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string Table(string? label)
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, 100).Select(
            _ => string.Create(
                CultureInfo.InvariantCulture, $"{random.NextDouble()},{random.NextDouble()}")).Append("3,");
        return _folder.Write("in.csv", $"a,b{label}\n{string.Join('\n', rows)}\n");
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(string input, params string[] options) =>
        Cli.RunAsync(["certifications", "outliers", "--in", input, "--out", _folder["out.csv"], .. options]);
}
