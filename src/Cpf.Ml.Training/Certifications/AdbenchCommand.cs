using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Cpf.Ml.Scoring.Certifications.Outliers;
using Cpf.Ml.Training.Data;
using Cpf.Ml.Training.Figures;

namespace Cpf.Ml.Training.Certifications;

/// <summary><c>cpf-ml certifications adbench</c>: public sets of strange rows, beside the published detectors.</summary>
internal static class AdbenchCommand
{
    public const string Ours = "ensemble";

    public static Command Create(Option<bool> json)
    {
        var data = new Option<DirectoryInfo>("--data") { Required = true, Description = "Folder of .csv sets whose column y is 1 for strange rows; published figures beside them are compared with." };
        var labelled = new Option<double?>("--labelled-fraction") { Description = "Instead: this share of the strange rows of 70 % of each set is known, and the other 30 % are judged." };
        var command = new Command("adbench", "Public sets of strange rows: area under the curve and average precision, beside the published detectors.") { data, labelled, ResultOption.Create() };
        command.SetAction(parsed =>
        {
            var (folder, ratio) = (parsed.GetRequiredValue(data), parsed.GetValue(labelled));
            var results = Sets(folder).ToDictionary(
                file => Path.GetFileNameWithoutExtension(file.Name), file => ratio is { } known ? MeasureLabelled(file.FullName, known) : Measure(file.FullName));
            var published = AdbenchPeers.Read(folder.FullName, [.. results.Keys], ratio);
            Report(results, published, parsed.GetValue(json), parsed.InvocationConfiguration.Output);
            ResultOption.Write(parsed, ratio is null ? [] : FewLabels.Seeds, () => AdbenchFigures.From(results, published));
            return 0;
        });
        return command;
    }

    /// <summary>Every detector and the ensemble on one set, all rows scored among all rows.</summary>
    public static Dictionary<string, RankingQuality> Measure(string path)
    {
        var (table, strange) = Read(path);
        var scaled = new ColumnScale(table).Apply(table);
        var scores = OutlierEnsemble.All.ToDictionary(detector => detector.Name, detector => detector.Score(scaled, scaled));
        scores[Ours] = OutlierEnsemble.Combine([.. OutlierEnsemble.Members.Select(member => scores[member.Name])]);
        return scores.OrderByDescending(one => one.Key == Ours).ToDictionary(one => one.Key, one => RankingQuality.Of(one.Value, strange));
    }

    private static Dictionary<string, RankingQuality> MeasureLabelled(string path, double ratio)
    {
        var (table, strange) = Read(path);
        return new() { [Ours] = FewLabels.Measure(table, strange, ratio) };
    }

    private static (FeatureTable Table, bool[] IsStrange) Read(string path)
    {
        var (table, labels) = NumericCsv.Read(path, "y");
        return (table, Array.ConvertAll(labels, label => label == 1));
    }

    private static List<FileInfo> Sets(DirectoryInfo data)
    {
        var sets = data.GetFiles("*.csv")
            .Where(file => File.ReadLines(file.FullName).FirstOrDefault()?.Split(',').Select(name => name.Trim()).Contains("y") == true)
            .OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        return sets.Count > 0 ? sets : throw new InputException($"{data.FullName}: no .csv file with a column y.");
    }

    private static void Report(
        Dictionary<string, Dictionary<string, RankingQuality>> results, IReadOnlyDictionary<string, (double Auroc, double AveragePrecision)> published, bool json, TextWriter console)
    {
        var names = results.Values.First().Keys.ToList();
        var means = Means(results);
        if (json)
        {
            console.WriteLine(JsonSerializer.Serialize(new
            {
                sets = results,
                means,
                published = published.ToDictionary(one => one.Key, one => new { auroc = one.Value.Auroc, average_precision = double.IsNaN(one.Value.AveragePrecision) ? (double?)null : one.Value.AveragePrecision }),
            }));
            return;
        }

        console.WriteLine(Line($"{"AUROC / average precision, %",-28}") + string.Concat(names.Select(name => Line($"{name,20}"))));
        foreach (var (set, qualities) in results.Append(new("mean", means)))
        {
            console.WriteLine(Line($"{set,-28}") + string.Concat(names.Select(name => Line($"{100 * qualities[name].Auroc,13:F2} /{100 * qualities[name].AveragePrecision,5:F1}"))));
        }

        if (published.Count > 0)
        {
            console.WriteLine();
            console.WriteLine("Others on the same sets, mean:");
            foreach (var (name, (auroc, precision)) in published.OrderByDescending(one => one.Value.Auroc))
            {
                console.WriteLine(Line($"  {name,-26} {auroc,6:F2}") + (double.IsNaN(precision) ? string.Empty : Line($" /{precision,5:F1}")));
            }
        }
    }

    /// <summary>By detector, over the sets.</summary>
    public static Dictionary<string, RankingQuality> Means(Dictionary<string, Dictionary<string, RankingQuality>> results) =>
        results.Values.First().Keys.ToDictionary(name => name, name => new RankingQuality(
            results.Values.Average(set => set[name].Auroc), results.Values.Average(set => set[name].AveragePrecision)));

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
