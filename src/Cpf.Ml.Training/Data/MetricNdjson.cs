using System.Globalization;
using System.Text.Json;
using Cpf.Ml.Scoring.Transactions;

namespace Cpf.Ml.Training.Data;

/// <summary>
/// Reads points of many series, one JSON object a line, as the service takes them in at <c>/api/v1/metrics</c>.
/// </summary>
internal static class MetricNdjson
{
    /// <param name="Kind">Null when the line leaves it to the name.</param>
    internal readonly record struct Line(
        string Series, IReadOnlyDictionary<string, string> Labels, MetricKind? Kind, Observation Point);

    /// <exception cref="InputException">A line cannot be read.</exception>
    public static IEnumerable<Line> Read(string path)
    {
        var number = 0;
        foreach (var text in File.ReadLines(path))
        {
            number++;
            if (text.Length > 0)
            {
                yield return Read(path, number, text);
            }
        }
    }

    private static Line Read(string path, int number, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            var labels = root.TryGetProperty("labels", out var found)
                ? found.EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetString()!)
                : [];
            return new Line(
                Need(root, "series").GetString()!,
                labels,
                root.TryGetProperty("kind", out var kind) ? KindOf(kind.GetString()) : null,
                new Observation(
                    Time(Need(root, "timestamp")), Number(Need(root, "value")),
                    root.TryGetProperty("volume", out var volume) ? Number(volume) : double.NaN));
        }
        catch (Exception reason)
            when (reason is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InputException($"{path}, line {number}: {reason.Message}");
        }
    }

    private static JsonElement Need(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) ? value : throw new FormatException($"there is no \"{name}\".");

    private static double Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble();

    private static long Time(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? value.GetInt64()
        : DateTimeOffset.Parse(value.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
            .ToUnixTimeMilliseconds();

    private static MetricKind KindOf(string? name) => name switch
    {
        "gauge" => MetricKind.Gauge,
        "duration" => MetricKind.Duration,
        "volume" => MetricKind.Volume,
        "error-rate" => MetricKind.ErrorRate,
        _ => throw new FormatException($"\"kind\" must be gauge, duration, volume or error-rate, was \"{name}\"."),
    };
}
