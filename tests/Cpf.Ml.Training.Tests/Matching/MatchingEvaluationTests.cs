using System.Text.Json;

namespace Cpf.Ml.Training.Tests.Matching;

[Trait("Stage", "Figures")]
public sealed class MatchingEvaluationTests
{
    /// <summary>What the README tells, less what chance may take; baselines below, in the same run.</summary>
    [Fact]
    public async Task Jobs_of_the_newest_fiches_are_found_better_than_by_any_signal_alone()
    {
        var (exit, output, error) = await Cli.RunAsync("evaluate", "matching", "--data", SharedData.Root, "--json");
        Assert.True(exit == 0, error);
        var all = JsonDocument.Parse(output).RootElement;
        var rows = all.GetProperty("figures").GetProperty("rows").EnumerateArray()
            .ToDictionary(row => row.GetProperty("name").GetString()!);
        double Mean(string row, string figure) => rows[row].GetProperty(figure).GetProperty("mean").GetDouble();
        Assert.InRange(Mean("Cpf.Ml", "new_ndcg"), 0.78, 0.9); // more would mean that the answers leak
        Assert.InRange(Mean("Cpf.Ml", "renewal_ndcg"), 0.88, 0.95);
        Assert.All(rows.Keys.Where(name => name != "Cpf.Ml"), name =>
        {
            Assert.True(Mean(name, "new_ndcg") < Mean("Cpf.Ml", "new_ndcg"), name);
            Assert.True(Mean(name, "renewal_ndcg") < Mean("Cpf.Ml", "renewal_ndcg"), name);
        });
        Assert.InRange(all.GetProperty("figures").GetProperty("calibration_error").GetDouble(), 0, 0.02);
        Assert.InRange(all.GetProperty("titles").GetProperty("in_five").GetDouble(), 0.92, 0.99);
    }
}
