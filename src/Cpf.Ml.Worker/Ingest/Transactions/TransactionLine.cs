using System.Text.Json;
using Cpf.Ml.Scoring.Transactions.Minutes;
using Cpf.Ml.Worker.Ingest.Ndjson;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Settings;

namespace Cpf.Ml.Worker.Ingest.Transactions;

/// <summary>
/// Reads lines such as
/// <c>{"operation":"purchase","start":"2026-03-02T10:15:00.120Z","duration":1.24,"outcome":"ok","channel":"web"}</c>.
/// </summary>
internal static class TransactionLine
{
    private static readonly string[] Fields =
        ["operation", "start", "duration", "outcome", "channel", "region", "service", "id"];

    /// <summary>Maximum length of a text field, in characters.</summary>
    private const int MaxTextLength = 64;

    /// <summary>Maximum plausible duration in seconds: a day.</summary>
    private const double MaxDuration = 86_400;

    /// <summary>2000-01-01 UTC, in Unix milliseconds.</summary>
    private const long Earliest = 946_684_800_000;

    /// <exception cref="LineException">A field is missing or wrong.</exception>
    /// <exception cref="JsonException">The line is not JSON.</exception>
    public static TransactionEvent Read(ReadOnlySpan<byte> line, TransactionSettings settings)
    {
        var reader = new Utf8JsonReader(line);
        string? operation = null, outcome = null, service = null;
        string channel = "", region = "", id = "";
        long? start = null;
        double? duration = null;
        var seen = 0;
        LineFields.Begin(ref reader);
        while (LineFields.NextField(ref reader, Fields, ref seen) is { } field)
        {
            switch (field)
            {
                case "operation":
                    operation = LineFields.Text(ref reader, field, MaxTextLength);
                    break;
                case "start":
                    start = LineFields.Instant(ref reader, field);
                    break;
                case "duration":
                    duration = LineFields.Number(ref reader, field);
                    break;
                case "outcome":
                    outcome = LineFields.Text(ref reader, field, MaxTextLength);
                    break;
                case "channel":
                    channel = LineFields.Text(ref reader, field, MaxTextLength);
                    break;
                case "region":
                    region = LineFields.Text(ref reader, field, MaxTextLength);
                    break;
                case "service":
                    service = LineFields.Text(ref reader, field, MaxTextLength);
                    break;
                case "id":
                    id = LineFields.Text(ref reader, field, MaxTextLength);
                    break;
            }
        }

        if (string.IsNullOrEmpty(operation))
        {
            throw LineFields.Missing("operation");
        }

        return new TransactionEvent(
            string.IsNullOrEmpty(service) ? operation : service,
            operation,
            channel,
            region,
            CheckStart(start ?? throw LineFields.Missing("start")),
            CheckDuration(duration ?? throw LineFields.Missing("duration")),
            settings.IsFailure(outcome ?? throw LineFields.Missing("outcome")),
            id);
    }

    private static long CheckStart(long start) => start >= Earliest
        ? start
        : throw new LineException(Rejection.TooOld,
            "start", "\"start\" lies before the year 2000; a number must be milliseconds, not seconds.");

    private static double CheckDuration(double duration) => duration switch
    {
        < 0 => throw new LineException(Rejection.Negative,
            "duration", FormattableString.Invariant($"\"duration\" cannot be negative, was {duration}.")),
        <= MaxDuration => duration,
        _ => throw new LineException(Rejection.OutOfRange, "duration",
            FormattableString.Invariant($"\"duration\" is in seconds and may be one day, was {duration}.")),
    };
}
