using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Model;
using Cpf.Ml.Training.Data;

namespace Cpf.Ml.Training.Transactions.Learning;

/// <summary>The past of a series.</summary>
/// <param name="Key">As <see cref="SeriesKey"/> has it: what the Worker knows it by.</param>
/// <param name="Points">In order of time, each time once.</param>
/// <param name="Dropped">Points left out: their time was there before.</param>
internal sealed record HistorySeries(string Key, MetricKind Kind, IReadOnlyList<Observation> Points, int Dropped);

/// <summary>
/// A folder of history: <c>service/name.csv</c> of timestamp,value[,volume], and <c>.ndjson</c> of points or of
/// transactions.
/// </summary>
/// <param name="Files">What was read, in order of names.</param>
/// <param name="Series">In order of keys.</param>
internal sealed record History(IReadOnlyList<HistoryFile> Files, IReadOnlyList<HistorySeries> Series)
{
    /// <summary>Of a file that lies in no folder of its own, as the Worker's replay has it.</summary>
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
                if (!series.TryGetValue(key, out var one))
                {
                    series.Add(key, one = (kind, name, []));
                }

                one.Points.Add(one.Kind == kind ? point : throw new InputException($"{name}: {key} is {kind} here and "
                    + $"{one.Kind} in {one.File}."));
            }
        }

        return series.Count == 0
            ? throw new InputException($"{folder}: no .csv or .ndjson with a point; expected service/name.csv of "
                + "timestamp,value.")
            : new History(
                [.. names.Select(
                    name => new HistoryFile(name, ModelFolder.Hash(File.ReadAllBytes(Path.Combine(folder, name)))))],
                [.. series.Select(one => Ordered(one.Key, one.Value.Kind, one.Value.Points))]);
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
