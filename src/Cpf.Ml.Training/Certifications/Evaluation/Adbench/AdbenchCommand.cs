using System.CommandLine;
using Cpf.Ml.Scoring.Certifications.Outliers;
using Cpf.Ml.Training.Commands;
using Cpf.Ml.Training.Data;
using Cpf.Ml.Training.Figures;
using static System.FormattableString;

namespace Cpf.Ml.Training.Certifications.Evaluation.Adbench;

/// <summary>
/// <c>cpf-ml certifications adbench</c>: outliers of public data sets, against the published detectors.
/// </summary>
internal static class AdbenchCommand
{
    public const string Ours = "ensemble";

    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data")
        {
            Required = true,
            Description = "Folder of CSV data sets whose column y is 1 for outliers, and optionally of the figures to "
                + "compare with, published_auroc.csv and reference_few_labels.csv.",
        };
        var labelled = new RangeOption<double>(
            "--labelled-fraction", 0, 1,
            "Share of the outliers of a training part of 70 % of the rows that are labelled; the other 30 % are "
            + "scored. By default all rows are scored, without labels.");
        var command = new LeafCommand(
            "adbench",
            "ADBench: area under the ROC curve and average precision on public data sets with outliers, in percent.",
            "certifications adbench --data data/examples/adbench")
        {
            data, labelled, ResultOption.Create(),
        };
        command.SetWork((parsed, progress) =>
        {
            var folder = parsed.GetRequiredValue(data);
            double? ratio = parsed.GetResult(labelled) is null ? null : parsed.GetValue(labelled);
            var results = progress.Each("data sets", Sets(folder)).ToDictionary(
                file => Path.GetFileNameWithoutExtension(file.Name),
                file => ratio is { } known ? MeasureLabelled(file.FullName, known) : Measure(file.FullName));
            var published = AdbenchPeers.Read(folder.FullName, [.. results.Keys], ratio);
            ResultOption.Write(
                parsed, ratio is null ? [] : FewLabels.Seeds, () => AdbenchFigures.From(results, published));
            return Report(results, published);
        });
        return command;
    }

    /// <summary>Every detector and the ensemble on one set, all rows scored among all rows.</summary>
    public static Dictionary<string, RankingQuality> Measure(string path)
    {
        var (table, isOutlier) = Read(path);
        var scaled = new ColumnScale(table).Apply(table);
        var scores = OutlierEnsemble.All.ToDictionary(
            detector => detector.Name, detector => detector.Score(scaled, scaled));
        scores[Ours] = OutlierEnsemble.Combine([.. OutlierEnsemble.Members.Select(member => scores[member.Name])]);
        return scores.OrderByDescending(detector => detector.Key == Ours)
            .ToDictionary(detector => detector.Key, detector => RankingQuality.Measure(detector.Value, isOutlier));
    }

    private static Dictionary<string, RankingQuality> MeasureLabelled(string path, double ratio)
    {
        var (table, isOutlier) = Read(path);
        return new() { [Ours] = FewLabels.Measure(table, isOutlier, ratio) };
    }

    private static (FeatureTable Table, bool[] IsOutlier) Read(string path)
    {
        var (table, labels) = NumericCsv.Read(path, "y");
        return (table, Array.ConvertAll(labels, label => label == 1));
    }

    private static List<FileInfo> Sets(DirectoryInfo data)
    {
        var sets = data.GetFiles("*.csv")
            .Where(file => (File.ReadLines(file.FullName).FirstOrDefault() ?? "")
                .Split(',', StringSplitOptions.TrimEntries)
                .Contains("y"))
            .OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        return sets.Count > 0 ? sets : throw new InputException($"{data.FullName}: no .csv file with a column y.");
    }

    /// <summary>By detector, over the sets.</summary>
    public static Dictionary<string, RankingQuality> Means(
        Dictionary<string, Dictionary<string, RankingQuality>> sets) =>
        sets.Values.First().Keys.ToDictionary(name => name, name => new RankingQuality(
            sets.Values.Average(set => set[name].Auroc), sets.Values.Average(set => set[name].AveragePrecision)));

    private static CommandResult Report(
        Dictionary<string, Dictionary<string, RankingQuality>> sets,
        IReadOnlyDictionary<string, (double Auroc, double AveragePrecision)> published)
    {
        var means = Means(sets);
        var others = published.ToDictionary(
            entry => entry.Key, entry => new { entry.Value.Auroc, entry.Value.AveragePrecision });
        return new CommandResult(
            new { sets, means, published = others }, console => Print(console, sets, means, published));
    }

    private static void Print(
        TextWriter console,
        Dictionary<string, Dictionary<string, RankingQuality>> sets,
        Dictionary<string, RankingQuality> means,
        IReadOnlyDictionary<string, (double Auroc, double AveragePrecision)> published)
    {
        var names = string.Concat(means.Keys.Select(name => $"{name,20}"));
        console.WriteLine($"{"AUROC / average precision, %",-28}{names}");
        foreach (var (set, qualities) in sets.Append(new("mean", means)))
        {
            console.WriteLine($"{set,-28}" + string.Concat(means.Keys.Select(name =>
                Invariant($"{100 * qualities[name].Auroc,13:F2} /{100 * qualities[name].AveragePrecision,5:F1}"))));
        }

        if (published.Count > 0)
        {
            console.WriteLine();
            console.WriteLine("Others on the same sets, mean:");
            foreach (var (name, (auroc, precision)) in published.OrderByDescending(entry => entry.Value.Auroc))
            {
                var second = double.IsNaN(precision) ? "" : Invariant($" /{precision,5:F1}");
                console.WriteLine(Invariant($"  {name,-26} {auroc,6:F2}{second}"));
            }
        }
    }
}
