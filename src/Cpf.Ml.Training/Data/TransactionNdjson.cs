using System.Globalization;
using System.Text.Json;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Minutes;

namespace Cpf.Ml.Training.Data;

/// <summary>Reads single transactions, one JSON object a line, and counts them by minute as the service does.</summary>
internal static class TransactionNdjson
{
    /// <summary>Whether the lines of a file are transactions, by its first.</summary>
    public static bool Holds(string path)
    {
        try
        {
            return File.ReadLines(path).FirstOrDefault(line => line.Length > 0) is { } first
                && JsonDocument.Parse(first).RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("operation", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <exception cref="InputException">A line cannot be read.</exception>
    public static IEnumerable<(string Key, MetricKind Kind, Observation Point)> Read(string path)
    {
        var events = File.ReadLines(path).Select((text, index) => (Text: text, Line: index + 1))
            .Where(line => line.Text.Length > 0)
            .Select(line => Read(path, line.Line, line.Text))
            .OrderBy(transactionEvent => transactionEvent.End)
            .ToList();
        var aggregator = new TransactionAggregator(new TransactionAggregatorOptions(), 0);
        foreach (var transactionEvent in events)
        {
            aggregator.Add(transactionEvent);
            aggregator.Close(transactionEvent.End);
        }

        aggregator.Close(long.MaxValue);
        return aggregator.Closed.SelectMany(minute => TransactionMetric.All.Select(metric =>
            (SeriesKey.Of(metric.Name, metric.Labels(minute.Group)), metric.Kind, metric.Of(minute))));
    }

    private static TransactionEvent Read(string path, int line, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            var operation = Text(root, "operation") ?? throw new FormatException("there is no \"operation\".");
            var duration = Need(root, "duration").GetDouble();
            return new TransactionEvent(
                Text(root, "service") is { Length: > 0 } service ? service : operation,
                operation,
                Text(root, "channel") ?? "",
                Text(root, "region") ?? "",
                Time(Need(root, "start")),
                duration is >= 0 and <= 86_400 ? duration : throw new FormatException($"\"duration\" must be 0 to "
                    + $"86400 seconds, was {duration.ToString(CultureInfo.InvariantCulture)}."),
                TransactionMetric.Failures.Contains(Text(root, "outcome")
                    ?? throw new FormatException("there is no \"outcome\"."), StringComparer.OrdinalIgnoreCase),
                Text(root, "id") ?? "");
        }
        catch (Exception reason) when (reason is JsonException or InvalidOperationException or FormatException)
        {
            throw new InputException($"{path}, line {line}: {reason.Message}");
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static JsonElement Need(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) ? value : throw new FormatException($"there is no \"{name}\".");

    private static long Time(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? value.GetInt64()
        : DateTimeOffset.Parse(value.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
            .ToUnixTimeMilliseconds();
}
