using System.Text.Json;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Detection;

namespace Cpf.Ml.Scoring.Transactions.Model;

/// <summary>Series as they were at the end of their history: a model folder, read whole.</summary>
public sealed class TransactionsModel
{
    /// <summary>Name of the folder and of the model.</summary>
    public const string Name = "transactions";

    /// <summary>A JSON line a series.</summary>
    public const string StatesName = "series.ndjson";

    private readonly Dictionary<string, TrainedSeries> _series;

    private TransactionsModel(TransactionsManifest manifest, Dictionary<string, TrainedSeries> series) =>
        (Manifest, _series) = (manifest, series);

    public TransactionsManifest Manifest { get; }

    /// <summary>As people and alerts see it.</summary>
    public ModelId Id => new(Manifest.Name, Manifest.Version);

    public int Count => _series.Count;

    /// <param name="key">As <see cref="SeriesKey"/> has it.</param>
    public TrainedSeries? Find(string key) => _series.GetValueOrDefault(key);

    /// <exception cref="ModelFormatException">The folder is damaged, changed, or newer than this program; the message
    /// says what and where.</exception>
    public static TransactionsModel Read(string folder)
    {
        var (manifest, files) = ModelFolder.Read<TransactionsManifest>(folder);
        if (manifest.Name != Name || !files.TryGetValue(StatesName, out var states))
        {
            throw new ModelFormatException($"{folder}: this is no model of the transactions: it is "
                + $"called {manifest.Name}, and needs a file {StatesName}.");
        }

        var series = new Dictionary<string, TrainedSeries>(StringComparer.Ordinal);
        using var reader = new StreamReader(new MemoryStream(states));
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            try
            {
                var one = JsonSerializer.Deserialize<TrainedSeries>(text) ?? throw new JsonException("null");

                // Now, and not when the series first comes: a model is taken whole or not at all.
                _ = SeriesMonitor.Restore(
                    new SeriesDetectorOptions { Kind = one.Kind }, new AlertRuleOptions(), one.State);
                series.Add(one.Key, one);
            }
            catch (Exception exception) when (exception is JsonException or ModelFormatException or ArgumentException)
            {
                throw new ModelFormatException($"{folder}: {StatesName}, line {line}: {exception.Message}", exception);
            }
        }

        return new TransactionsModel(manifest, series);
    }

    /// <summary>The states as a file of the folder, in order of their keys: the same states give the same
    /// bytes.</summary>
    public static byte[] Write(IEnumerable<TrainedSeries> series)
    {
        using var stream = new MemoryStream();
        foreach (var one in series.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            JsonSerializer.Serialize(stream, one);
            stream.WriteByte((byte)'\n');
        }

        return stream.ToArray();
    }
}

/// <param name="Key">As <see cref="SeriesKey"/> has it.</param>
/// <param name="LastTimestamp">Of the newest point of the history, Unix milliseconds.</param>
/// <param name="State">As <see cref="SeriesMonitor.Snapshot"/> wrote it.</param>
public sealed record TrainedSeries(string Key, MetricKind Kind, long LastTimestamp, byte[] State);
