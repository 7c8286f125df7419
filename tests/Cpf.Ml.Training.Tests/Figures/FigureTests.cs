using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cpf.Ml.Training.Figures;

namespace Cpf.Ml.Training.Tests.Figures;

public sealed class FigureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Text_has_unit_interval_and_spread()
    {
        var figure = Figure.Measured("f", "what", 0.8149);

        Assert.Equal("0.81", figure.Text);
        Assert.Equal("0.81 (0.78–0.84)", (figure with { Low = 0.7801, High = 0.8399 }).Text);
        Assert.Equal("0.81 ± 0.05", (figure with { Spread = 0.05 }).Text);
        Assert.Equal(
            "1.7 % (1.1–2.7 %)", (Figure.Measured("f", "what", 1.7, "%", 1) with { Low = 1.1, High = 2.7 }).Text);
        Assert.Equal("1 066 725 points", Figure.Measured("f", "what", 1_066_725, "points", 0).Text);
        Assert.Equal("–", Figure.Measured("f", "what", double.NaN, "s").Text);
    }

    [Fact]
    public void Slug_is_lower_case_with_single_hyphens() =>
        Assert.Equal("cpf.ml-no-labels-fa-ir-k-1-000", Figure.Slug("Cpf.Ml, no labels: FA*IR (k = 1 000)"));

    [Fact]
    public void Result_file_reads_as_it_was_written()
    {
        var written = ResultFile.Now(
            "./cpf-ml figures", [1, 2],
            [Figure.Measured("a", "first", 0.1) with { Spread = 0.02 }, Figure.Measured("b", "second", double.NaN)]);
        written.Write(_folder["result.json"]);

        var read = ResultFile.Read(_folder["result.json"]);

        Assert.Equal(
            (written.Command, written.MeasuredOn, written.Commit, written.Processor, written.Load),
            (read.Command, read.MeasuredOn, read.Commit, read.Processor, read.Load));
        Assert.Equal(written.Seeds, read.Seeds);
        Assert.Equal(written.Figures, read.Figures);
    }

    [Fact]
    public void Two_figures_of_one_id_are_refused() => Assert.Throws<ArgumentException>(
        () => ResultFile.Now("./cpf-ml", [], [Figure.Measured("a", "first", 1), Figure.Measured("a", "second", 2)]));

    [Fact]
    public void Fields_of_a_result_file_are_documented()
    {
        var page = File.ReadAllText(Repository.In("docs/results/README.md"));
        var fields = typeof(ResultFile).GetProperties().Concat(typeof(Figure).GetProperties())
            .Where(property => property.GetCustomAttribute<JsonIgnoreAttribute>() is null)
            .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).ToList();

        Assert.Contains("isMet", fields);
        Assert.Equal([], fields.Where(field => !page.Contains($"`{field}`", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_run_has_an_id_of_its_own() => Assert.Distinct(FigureRun.All.Select(run => run.Id));

    [Fact]
    public async Task Evaluation_leaves_a_result_file_with_its_command_seed_and_processor()
    {
        var (exitCode, _, error) = await Cli.RunAsync(
            "evaluate", "transactions", "--seed", "5", "--series", "2", "--json", "--result", _folder["faults.json"]);

        Assert.True(exitCode == 0, error);
        var result = ResultFile.Read(_folder["faults.json"]);
        Assert.Equal("./cpf-ml evaluate transactions --series 2 --seed 5", result.Command);
        Assert.Equal([5], result.Seeds);
        Assert.EndsWith($"{Environment.ProcessorCount} cores", result.Processor, StringComparison.Ordinal);
        Assert.Equal(2, result.Figures.Single(figure => figure.Id == "series").Value);
        var found = result.Figures.Where(figure => figure.What == "Cpf.Ml");
        Assert.Equal(["0.1", "0.5", "1"], found.Select(figure => figure.Column));
    }

    public void Dispose() => _folder.Dispose();
}
