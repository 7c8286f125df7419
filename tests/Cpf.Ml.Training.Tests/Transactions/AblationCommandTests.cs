using System.Text.Json;

namespace Cpf.Ml.Training.Tests.Transactions;

[Trait("Stage", "Figures")]
public sealed class AblationCommandTests
{
    [Fact]
    public async Task Every_part_is_left_out_once_and_changes_the_figures()
    {
        var (exitCode, output, _) = await Cli.RunAsync("evaluate", "ablation", "--series", "3", "--json");
        var (_, whole, _) = await Cli.RunAsync("evaluate", "transactions", "--series", "3", "--json");

        Assert.Equal(0, exitCode);
        using var json = JsonDocument.Parse(output);
        var rows = json.RootElement.EnumerateArray()
            .ToDictionary(row => row.GetProperty("without").GetString()!, row => row.GetRawText().Split(',', 2)[1]);
        Assert.Equal(16, rows.Count);
        Assert.All(
            ["nothing", "point", "flat-line", "records", "effect size", "second calibration"],
            part => Assert.Contains(part, rows.Keys));

        // The row without nothing equals the detector; every other row differs.
        using var plain = JsonDocument.Parse(whole);
        using var nothing = JsonDocument.Parse("{" + rows["nothing"]);
        Assert.Equal(
            plain.RootElement.GetProperty("exceedance").EnumerateArray().Select(figure => figure.GetDouble()),
            nothing.RootElement.GetProperty("exceedance").EnumerateArray().Select(figure => figure.GetDouble()));
        Assert.All(rows.Where(row => row.Key != "nothing"), row => Assert.NotEqual(rows["nothing"], row.Value));
    }
}
