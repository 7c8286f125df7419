using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Model;
using Cpf.Ml.Training.Data;

namespace Cpf.Ml.Training.Transactions.Learning;

/// <summary>The history of a series.</summary>
/// <param name="Key">In the format of <see cref="SeriesKey"/>, by which the Worker finds it.</param>
/// <param name="Points">In order of time, without duplicate timestamps.</param>
/// <param name="Dropped">Number of points dropped because an earlier one has their timestamp.</param>
internal sealed record HistorySeries(string Key, MetricKind Kind, IReadOnlyList<Observation> Points, int Dropped);

/// <summary>
/// A folder of history: <c>service/name.csv</c> of timestamp,value[,volume], and <c>.ndjson</c> of points or of
/// transactions.
/// </summary>
/// <param name="Files">The files read, ordered by name.</param>
/// <param name="Series">Ordered by key.</param>
internal sealed record History(IReadOnlyList<HistoryFile> Files, IReadOnlyList<HistorySeries> Series)
{
    /// <summary>Service of a file outside any sub-folder, as in the Worker's replay.</summary>
    private const string DefaultService = "replay";

    /// <exception cref="InputException">A file cannot be read, or there is none.</exception>
    public static History Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new InputException($"{folder}: no such folder.");
        }

        var names = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is ".csv" or ".ndjson")
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .ToList();
        var series = new SortedDictionary<string, (MetricKind Kind, string File, List<Observation> Points)>(
            StringComparer.Ordinal);
        foreach (var name in names)
        {
            foreach (var (key, kind, point) in ReadFile(folder, name))
            {
                if (!series.TryGetValue(key, out var found))
                {
                    series.Add(key, found = (kind, name, []));
                }

                found.Points.Add(
                    found.Kind == kind ? point : throw new InputException($"{name}: {key} is {kind} here and "
                    + $"{found.Kind} in {found.File}."));
            }
        }

        return series.Count == 0
            ? throw new InputException($"{folder}: no .csv or .ndjson with a point; expected service/name.csv of "
                + "timestamp,value.")
            : new History(
                [.. names.Select(
                    name => new HistoryFile(name, ModelFolder.Hash(File.ReadAllBytes(Path.Combine(folder, name)))))],
                [.. series.Select(pair => Ordered(pair.Key, pair.Value.Kind, pair.Value.Points))]);
    }

    private static IEnumerable<(string Key, MetricKind Kind, Observation Point)> ReadFile(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        if (name.EndsWith(".ndjson", StringComparison.Ordinal))
        {
            if (TransactionNdjson.Holds(path))
            {
                return TransactionNdjson.Read(path);
            }

            return MetricNdjson.Read(path)
                .Select(line => (SeriesKey.Of(line.Series, line.Labels),
                    line.Kind ?? MetricKinds.Of(line.Series), line.Point));
        }

        var metric = Path.GetFileNameWithoutExtension(name);
        var service =
            Path.GetDirectoryName(name) is { Length: > 0 } parent ? parent.Replace('\\', '/') : DefaultService;
        var (key, kind) = (SeriesKey.Of(metric, [new("service", service)]), MetricKinds.Of(metric));
        return MetricCsv.Read(path).Select(row => (key, kind, row.Point));
    }

    private static HistorySeries Ordered(string key, MetricKind kind, List<Observation> points)
    {
        var ordered = points.OrderBy(point => point.Timestamp).DistinctBy(point => point.Timestamp).ToList();
        return new HistorySeries(key, kind, ordered, points.Count - ordered.Count);
    }
}
