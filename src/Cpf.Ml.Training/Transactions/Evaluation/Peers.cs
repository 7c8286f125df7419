using System.Globalization;
using Cpf.Ml.Training.Data;
using Cpf.Ml.Training.Transactions.Generation;

namespace Cpf.Ml.Training.Transactions.Evaluation;

/// <summary>
/// Detectors of other programs on the same series: writes the series for them and reads their scores.
/// </summary>
internal static class Peers
{
    /// <summary>One CSV a series, by its number: timestamp (Unix milliseconds), value, volume; no labels.</summary>
    public static void Write(IReadOnlyList<LabelledSeries> series, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (number, labelled) in series.Index())
        {
            File.WriteAllLines(Path.Combine(folder, NameOf(number)), labelled.Points
                .Select(point => string.Create(
                    CultureInfo.InvariantCulture, $"{point.Timestamp},{Field(point.Value)},{Field(point.Volume)}"))
                .Prepend("timestamp,value,volume"));
        }
    }

    /// <summary>
    /// Reads a folder a peer, with a file a series and a number a line; an empty line is a missing score.
    /// </summary>
    /// <exception cref="InputException">A file is missing, or has another number of lines than the series
    /// points.</exception>
    public static IEnumerable<(string Name, List<ScoredSeries> Scored)> Read(
        IReadOnlyList<LabelledSeries> series, string folder) =>
        Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).Select(peer => (
            Path.GetFileName(peer),
            series.Select((labelled, number) => new ScoredSeries(
                labelled, Evidence(Path.Combine(peer, NameOf(number)), labelled.Points.Count), [], [])).ToList()));

    private static double[] Evidence(string path, int count)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"{path}: no such file; the peer has no scores of that series.");
        }

        double[] evidence = [.. File.ReadLines(path).Select((line, index) => line.Length == 0 ? double.NaN
            : double.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
            : throw new InputException($"{path}, line {index + 1}: «{line}» is not a number."))];
        return evidence.Length == count ? evidence : throw new InputException($"{path}: {evidence.Length} lines, the "
            + $"series has {count} points.");
    }

    private static string NameOf(int number) => number.ToString("000", CultureInfo.InvariantCulture) + ".csv";

    private static string Field(double value) =>
        double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "";
}
