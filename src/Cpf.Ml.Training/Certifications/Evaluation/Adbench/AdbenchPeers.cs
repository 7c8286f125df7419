using System.Globalization;

namespace Cpf.Ml.Training.Certifications.Evaluation.Adbench;

/// <summary>What others reach on the same sets, from the files beside them.</summary>
internal static class AdbenchPeers
{
    /// <param name="sets">Their names; a detector without a figure for each of them is left out.</param>
    /// <param name="ratio">Share of outliers that are labelled; null for published figures without labels.</param>
    /// <returns>Means by detector, in percent; no average precision (NaN) where none was published. Empty when there
    /// are no files.</returns>
    public static IReadOnlyDictionary<string, (double Auroc, double AveragePrecision)> Read(
        string folder, string[] sets, double? ratio) =>
        ratio is null ? Published(Path.Combine(folder, "published_auroc.csv"), sets)
            : FewLabels(Path.Combine(folder, "reference_few_labels.csv"), sets, ratio.Value);

    /// <summary>Columns: dataset, status, n, d, anomalies, pct, detectors…, best, best_model.</summary>
    private static Dictionary<string, (double, double)> Published(string path, string[] sets)
    {
        var lines = Lines(path);
        var rows = lines.Skip(1).ToDictionary(fields => fields[0]);
        return lines.Count == 0 || sets.Any(set => !rows.ContainsKey(set))
            ? []
            : lines[0][6..^2].Select((name, i) => (name, Values: sets.Select(set => Number(rows[set][6 + i])).ToList()))
                .Where(entry => entry.Values.TrueForAll(double.IsFinite))
                .ToDictionary(entry => entry.name, entry => (entry.Values.Average(), double.NaN));
    }

    /// <summary>Columns: dataset, n, d, anomalies, model, labelled_anomaly_ratio, auroc, ap.</summary>
    private static Dictionary<string, (double, double)> FewLabels(string path, string[] sets, double ratio) =>
        Lines(path).Skip(1)
        .Where(fields => sets.Contains(fields[0]) && Number(fields[5]) == ratio)
        .GroupBy(fields => fields[4])
        .ToDictionary(
            model => $"{model.Key} ({model.Count()} of {sets.Length} sets)",
            model => (model.Average(fields => Number(fields[6])), model.Average(fields => Number(fields[7]))));

    private static List<string[]> Lines(string path) =>
        File.Exists(path) ? [.. File.ReadLines(path).Select(line => line.Split(','))] : [];

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
}
