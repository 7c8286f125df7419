using System.Globalization;
using System.Text.Json;
using Cpf.Ml.Training.Certifications.Evaluation.Adbench;

namespace Cpf.Ml.Training.Tests.Certifications;

[Trait("Stage", "Figures")]
public sealed class AdbenchCommandTests
{
    [Fact]
    public async Task Over_all_sets_the_ensemble_is_above_every_published_detector_and_each_of_its_members()
    {
        var (exit, output, error) = await Cli.RunAsync(
            "certifications", "adbench", "--data", SharedData.Folder("adbench"), "--json");

        Assert.True(exit == 0, error);
        var result = JsonDocument.Parse(output).RootElement;
        var ours = result.GetProperty("means").GetProperty(AdbenchCommand.Ours).GetProperty("auroc").GetDouble();
        Assert.Equal(18, result.GetProperty("sets").EnumerateObject().Count());
        Assert.Equal(19, result.GetProperty("published").EnumerateObject().Count());
        Assert.All(
            result.GetProperty("published").EnumerateObject(),
            peer => Assert.True(100 * ours > peer.Value.GetProperty("auroc").GetDouble(), peer.Name));
        Assert.All(
            result.GetProperty("means").EnumerateObject().Where(item => item.Name != AdbenchCommand.Ours),
            member => Assert.True(ours > member.Value.GetProperty("auroc").GetDouble(), member.Name));
    }

    /// <summary>Of the four sets that are small.</summary>
    [Fact]
    public void With_one_in_twenty_labelled_it_is_above_each_row_of_the_published_comparison()
    {
        string[] sets = ["6_cardio", "38_thyroid", "40_vowels", "44_Wilt"];
        var folder = SharedData.Folder("adbench");
        var ours = sets.Select(set =>
        {
            var (table, labels) = Training.Data.NumericCsv.Read(Path.Combine(folder, set + ".csv"), "y");
            return FewLabels.Measure(table, Array.ConvertAll(labels, label => label == 1), 0.05);
        }).ToList();
        var rows = File.ReadLines(Path.Combine(folder, "reference_few_labels.csv")).Select(line => line.Split(','))
            .Where(fields => sets.Contains(fields[0]) && fields[5] == "0.05").GroupBy(fields => fields[4]).ToList();

        Assert.Equal(3, rows.Count);
        Assert.All(rows, peer =>
        {
            Assert.True(100 * ours.Average(quality => quality.Auroc) > Mean(peer, 6), peer.Key);
            Assert.True(100 * ours.Average(quality => quality.AveragePrecision) > Mean(peer, 7), peer.Key);
        });
    }

    private static double Mean(IEnumerable<string[]> rows, int field) =>
        rows.Average(fields => double.Parse(fields[field], CultureInfo.InvariantCulture));
}
