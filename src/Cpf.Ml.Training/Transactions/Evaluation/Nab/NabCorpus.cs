using System.Globalization;
using System.Text.Json;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Training.Data;

namespace Cpf.Ml.Training.Transactions.Evaluation.Nab;

/// <summary>The files of the Numenta benchmark that are in a folder, with their labelled windows.</summary>
internal static class NabCorpus
{
    private const string Labels = "labels/combined_windows.json";

    /// <param name="folder">Has <c>data/category/file.csv</c> and <c>labels/combined_windows.json</c>.</param>
    /// <exception cref="InputException">A file is missing or cannot be read.</exception>
    public static IEnumerable<(string Name,
        IReadOnlyList<Observation> Points, IReadOnlyList<(int First, int Last)> Windows)> Read(string folder)
    {
        var labels = ReadLabels(Path.Combine(folder, Labels));
        var data = Path.Combine(folder, "data");
        var files = Directory.EnumerateFiles(data, "*.csv", SearchOption.AllDirectories)
            .Select(path => (Path: path, Name: Path.GetRelativePath(data, path).Replace('\\', '/')))
            .OrderBy(file => file.Name, StringComparer.Ordinal);
        foreach (var (path, name) in files)
        {
            if (!labels.TryGetValue(name, out var windows))
            {
                throw new InputException($"{Labels}: no entry for {name}.");
            }

            var points = MetricCsv.Read(path).Select(row => row.Point).ToList();
            yield return (name, points, [.. windows.Select(window => Window(name, points, window))]);
        }
    }

    private static Dictionary<string, string[][]> ReadLabels(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string[][]>>(File.ReadAllText(path))
                ?? throw new InputException($"{path}: the file holds null; expected windows by file name.");
        }
        catch (JsonException exception)
        {
            throw new InputException($"{path}: {exception.Message}");
        }
        catch (IOException exception)
        {
            throw new InputException($"{path}: {exception.Message}");
        }
    }

    private static (int First, int Last) Window(string name, List<Observation> points, string[] window) =>
        window.Length == 2
        ? (Row(name, points, window[0]), Row(name, points, window[1]))
        : throw new InputException($"{Labels}: {name}: a window has two timestamps, found {window.Length}.");

    /// <summary>Some files repeat a timestamp: the first occurrence counts.</summary>
    private static int Row(string name, List<Observation> points, string timestamp)
    {
        if (!DateTimeOffset.TryParse(
            timestamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
        {
            throw new InputException($"{Labels}: {name}: «{timestamp}» is no timestamp.");
        }

        var row = points.FindIndex(point => point.Timestamp == instant.ToUnixTimeMilliseconds());
        return row >= 0 ? row : throw new InputException($"{Labels}: {name} has no row at {timestamp}.");
    }
}
