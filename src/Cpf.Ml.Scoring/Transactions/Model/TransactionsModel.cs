using System.Text.Json;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Detection;

namespace Cpf.Ml.Scoring.Transactions.Model;

/// <summary>The trained states of series at the end of their history, read from a model folder.</summary>
public sealed class TransactionsModel
{
    /// <summary>Name of the folder and of the model.</summary>
    public const string Name = "transactions";

    /// <summary>Name of the file of states, a JSON line a series.</summary>
    public const string StatesName = "series.ndjson";

    private readonly Dictionary<string, TrainedSeries> _series;

    private TransactionsModel(TransactionsManifest manifest, Dictionary<string, TrainedSeries> series) =>
        (Manifest, _series) = (manifest, series);

    /// <summary>How the model was trained, and its figures.</summary>
    public TransactionsManifest Manifest { get; }

    /// <summary>Name and version, as pages and alerts show them.</summary>
    public ModelId Id => new(Manifest.Name, Manifest.Version);

    /// <summary>Number of series.</summary>
    public int Count => _series.Count;

    /// <summary>The trained state of a series.</summary>
    /// <param name="key">In the format of <see cref="SeriesKey"/>.</param>
    /// <returns>Null when the model has no such series.</returns>
    public TrainedSeries? Find(string key) => _series.GetValueOrDefault(key);

    /// <summary>Reads a model folder and checks every state.</summary>
    /// <param name="folder">Path of the folder.</param>
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
                var trained = JsonSerializer.Deserialize<TrainedSeries>(text) ?? throw new JsonException("null");

                // Checked now, not at the first point of the series: a model is accepted whole or refused.
                _ = SeriesMonitor.Restore(
                    new SeriesDetectorOptions { Kind = trained.Kind }, new AlertRuleOptions(), trained.State);
                series.Add(trained.Key, trained);
            }
            catch (Exception exception) when (exception is JsonException or ModelFormatException or ArgumentException)
            {
                throw new ModelFormatException($"{folder}: {StatesName}, line {line}: {exception.Message}", exception);
            }
        }

        return new TransactionsModel(manifest, series);
    }

    /// <summary>The content of <see cref="StatesName"/>, ordered by key: the same states give the same bytes.</summary>
    /// <param name="series">The trained states.</param>
    public static byte[] Write(IEnumerable<TrainedSeries> series)
    {
        using var stream = new MemoryStream();
        foreach (var trained in series.OrderBy(trained => trained.Key, StringComparer.Ordinal))
        {
            JsonSerializer.Serialize(stream, trained);
            stream.WriteByte((byte)'\n');
        }

        return stream.ToArray();
    }
}

/// <summary>The trained state of a series.</summary>
/// <param name="Key">In the format of <see cref="SeriesKey"/>.</param>
/// <param name="Kind">Kind of the metric.</param>
/// <param name="LastTimestamp">The newest point of the history, Unix milliseconds.</param>
/// <param name="State">A result of <see cref="SeriesMonitor.Snapshot"/>.</param>
public sealed record TrainedSeries(string Key, MetricKind Kind, long LastTimestamp, byte[] State);
