using System.Text.Json;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;
using Cpf.Ml.Worker.Ingest.Settings;

namespace Cpf.Ml.Worker.Ingest.Ndjson;

/// <summary>
/// Lines such as
/// <c>{"series":"queue_depth","labels":{"service":"dossiers"},"timestamp":"2026-03-02T10:15:00Z","value":12}</c>.
/// </summary>
internal sealed class MetricLines(
    MetricNaming naming, Intake intake, IngestSource source, IngestSettings settings) : ILineSink
{
    private static readonly string[] Fields = ["series", "labels", "timestamp", "value", "volume", "kind", "unit"];

    private IntakeBatch _batch = intake.Batch();
    private int _waiting;

    /// <summary>Accepting a line twice changes nothing.</summary>
    public bool InPieces => true;

    public int Accepted { get; private set; }

    public IReadOnlyDictionary<string, object?> Outcome { get; } = new Dictionary<string, object?>();

    public void Accept(ReadOnlySpan<byte> line, int number)
    {
        var metric = Read(line);
        foreach (var target in Targets(metric))
        {
            var refused = _batch.Add(target, metric.Timestamp, metric.Value, metric.Volume);
            if (refused is { } reason and not Rejection.UnknownSeries)
            {
                throw new LineException(reason, Blame(reason, metric), Explain(reason, metric));
            }

            // A missing value of a series that never had one: nothing that the sender could correct.
            _batch.Count(refused);
        }

        _waiting++;
    }

    public async Task<IReadOnlyList<(int Line, LineFault Fault)>> FlushAsync(CancellationToken cancellationToken)
    {
        var (taken, lines) = (_batch, _waiting);
        (_batch, _waiting) = (intake.Batch(), 0);
        await intake.SubmitAsync(taken, source, cancellationToken);
        Accepted += lines;
        return [];
    }

    private SeriesTarget[] Targets(in MetricLine metric)
    {
        if (metric.Kind is { } kind)
        {
            return [new SeriesTarget(new SeriesDescriptor(
                new SeriesIdentity(metric.Series, metric.Labels),
                kind, metric.Unit ?? "", naming.ServiceOf(metric.Labels)))];
        }

        var targets = naming.Targets(metric.Series, metric.Labels, metric.Unit);
        return targets.Length > 0
            ? targets
            : throw new LineException(Rejection.NotSelected, "series",
                $"\"{metric.Series}\" is not scored: a rule drops it, or its name says that it is no measure. Give "
                    + $"\"kind\" to have it scored.");
    }

    private MetricLine Read(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        var metric = new MetricLine { Labels = [] };
        var (hasTime, hasValue) = (false, false);
        var seen = 0;
        LineFields.Begin(ref reader);
        while (LineFields.NextField(ref reader, Fields, ref seen) is { } field)
        {
            switch (field)
            {
                case "series":
                    metric.Series = LineFields.Text(ref reader, field, settings.MaxLabelBytes);
                    break;
                case "labels":
                    ReadLabels(ref reader, metric.Labels);
                    break;
                case "timestamp":
                    metric.Timestamp = LineFields.Instant(ref reader, field);
                    hasTime = true;
                    break;
                case "value":
                    metric.Value = reader.TokenType == JsonTokenType.Null ? double.NaN
                        : LineFields.Number(ref reader, field, "a number, or null when it is missing");
                    hasValue = true;
                    break;
                case "volume":
                    metric.Volume = LineFields.Number(ref reader, field);
                    break;
                case "kind":
                    metric.Kind = ReadKind(LineFields.Text(ref reader, field, 20));
                    break;
                case "unit":
                    metric.Unit = LineFields.Text(ref reader, field, 20);
                    break;
            }
        }

        return string.IsNullOrEmpty(metric.Series) ? throw LineFields.Missing("series")
            : !hasTime ? throw LineFields.Missing("timestamp")
            : !hasValue ? throw LineFields.Missing("value")
            : metric;
    }

    private void ReadLabels(ref Utf8JsonReader reader, List<KeyValuePair<string, string>> labels)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw LineFields.Mistyped("labels", "an object of texts", reader.TokenType);
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            var value = LineFields.Text(ref reader, $"labels.{name}", settings.MaxLabelBytes);
            if (labels.Count == settings.MaxLabels || name.Length is 0
                || name.Length > settings.MaxLabelBytes || labels.Exists(label => label.Key == name))
            {
                throw new LineException(Rejection.TooLong, "labels",
                    $"\"labels\" may have {settings.MaxLabels} labels, each with a name of its own of 1 "
                        + $"to {settings.MaxLabelBytes} characters.");
            }

            labels.Add(new(name, value));
        }
    }

    private static MetricKind ReadKind(string text) => text switch
    {
        "gauge" => MetricKind.Gauge,
        "duration" => MetricKind.Duration,
        "volume" => MetricKind.Volume,
        "error-rate" => MetricKind.ErrorRate,
        _ => throw new LineException(
            Rejection.Malformed, "kind", $"\"kind\" must be gauge, duration, volume or error-rate, was \"{text}\"."),
    };

    private static string Blame(Rejection reason, in MetricLine metric) => reason switch
    {
        Rejection.Future or Rejection.TooOld => "timestamp",
        Rejection.Limit => "series",
        Rejection.Negative or Rejection.Infinite when metric.Volume < 0 || double.IsInfinity(metric.Volume) => "volume",
        _ => "value",
    };

    private string Explain(Rejection reason, in MetricLine metric) => reason switch
    {
        Rejection.Future =>
            $"\"timestamp\" is more than {settings.FutureTolerance.TotalSeconds:0} s ahead of this machine's clock.",
        Rejection.TooOld => "\"timestamp\" lies before the year 2000; a number must be milliseconds, not seconds.",
        Rejection.Negative when metric.Volume < 0 =>
            FormattableString.Invariant($"\"volume\" cannot be negative, was {metric.Volume}."),
        Rejection.Negative =>
            FormattableString.Invariant($"\"value\" of such a series cannot be negative, was {metric.Value}."),
        Rejection.OutOfRange =>
            FormattableString.Invariant($"\"value\" of an error rate must be 0 to 1, was {metric.Value}."),
        Rejection.Limit =>
            $"The limit of {settings.MaxSeries} series is reached; known series are still accepted.",
        _ => $"\"{Blame(reason, metric)}\" must be a finite number.",
    };

    private record struct MetricLine(
        string Series,
        List<KeyValuePair<string, string>> Labels,
        long Timestamp,
        double Value,
        double Volume,
        MetricKind? Kind,
        string? Unit)
    {
        public MetricLine()
            : this("", [], 0, double.NaN, double.NaN, null, null)
        {
        }
    }
}
