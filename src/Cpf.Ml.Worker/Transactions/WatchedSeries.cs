using System.Buffers;
using System.Runtime.InteropServices;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Worker.Ingest;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>One series with all that is kept of it in memory. Belongs to one partition; others read single fields, each whole.</summary>
internal sealed class WatchedSeries
{
    private const byte StateVersion = 1;

    private SeriesInput _input;
    private double _alertEvidence;

    public WatchedSeries(SeriesEntry entry, SeriesWatch watch)
    {
        Entry = entry;
        Watch = watch;
    }

    public SeriesEntry Entry { get; }

    public SeriesWatch Watch { get; }

    /// <summary>The current hour; earlier ones are in the store.</summary>
    public HourBlock Hour { get; } = new();

    public RecentScores Scores { get; } = new();

    /// <summary>Newest point, Unix milliseconds; 0 before the first.</summary>
    public long LastTimestamp { get; private set; }

    /// <summary>When it was received, by the clock of its source, Unix milliseconds.</summary>
    public long ReceivedAt { get; set; }

    public double LastValue { get; private set; } = double.NaN;

    public double LastExpected { get; private set; } = double.NaN;

    public double LastScore { get; private set; }

    /// <summary>The alert that is open, as it was last published; null when none is.</summary>
    public OpenAlert? Alert { get; set; }

    /// <summary>Takes up what the store says of the series' alert, which may be newer than the last checkpoint.</summary>
    /// <param name="alert">Open in the store; null when none is.</param>
    public void Reconcile(Alert? alert)
    {
        var rule = Watch.Rule;
        if (alert is null)
        {
            if (rule.IsOpen)
            {
                rule.Close();
            }

            return;
        }

        var since = alert.OpenedAt.ToUnixTimeMilliseconds();
        if (!rule.IsOpen || rule.Since != since)
        {
            rule.Resume(since, alert.Severity);
            _alertEvidence = -Math.Log10(alert.Document.PValue);
        }

        Alert = new OpenAlert(alert, _alertEvidence);
    }

    /// <summary>Something changed since the last checkpoint.</summary>
    public bool IsDirty { get; set; }

    /// <returns>False when the sample makes no point, or comes late: at or before the newest one.</returns>
    public bool TryPoint(in Sample sample, out Observation point, out bool late)
    {
        late = false;
        if (!_input.TryTake(sample, out point))
        {
            return false;
        }

        late = point.Timestamp <= LastTimestamp;
        return !late;
    }

    public void Keep(in Observation point, in PointAssessment assessment)
    {
        LastTimestamp = point.Timestamp;
        LastValue = point.Value;
        LastExpected = assessment.Expected;
        LastScore = assessment.Score.Percent;
        IsDirty = true;
        Scores.Add(point.Timestamp, LastScore);
        Hour.Add(new ScoredPoint(
            point.Timestamp,
            (float)point.Value,
            (float)assessment.Expected,
            (float)assessment.Lower99,
            (float)assessment.Upper99,
            (float)assessment.Lower999,
            (float)assessment.Upper999,
            (float)LastScore,
            Watch.Rule.IsOpen));
    }

    public void Snapshot(ArrayBufferWriter<byte> destination)
    {
        destination.Write([StateVersion]);
        var hour = Hour.Begin == 0 ? [] : Hour.Encode();
        WritePlain(destination, _input);
        WritePlain(destination, new Fixed(LastTimestamp, LastValue, LastExpected, LastScore, Alert?.Evidence ?? 0, Hour.Begin, hour.Length));
        destination.Write(hour);
        WriteFramed(destination, Watch.Detector.Snapshot);
        WriteFramed(destination, Watch.Rule.Snapshot);
    }

    /// <exception cref="ModelFormatException">The version is unknown, or the state is damaged.</exception>
    public static WatchedSeries Restore(SeriesEntry entry, TransactionsSettings settings, ReadOnlySpan<byte> state)
    {
        if (state.IsEmpty || state[0] != StateVersion)
        {
            throw new ModelFormatException(
                $"{entry.Identity.Key}: the state has version {(state.IsEmpty ? "none" : state[0])}; this program reads version {StateVersion}.");
        }

        try
        {
            var rest = state[1..];
            var input = Take<SeriesInput>(ref rest);
            var held = Take<Fixed>(ref rest);
            var hour = rest[..held.HourLength];
            rest = rest[held.HourLength..];
            var detector = SeriesDetector.Restore(settings.Detector(entry.Kind), TakeFramed(ref rest));
            var rule = AlertRule.Restore(settings.Rule(entry.Kind), TakeFramed(ref rest));
            var series = new WatchedSeries(entry, new SeriesWatch(detector, rule))
            {
                _input = input,
                _alertEvidence = held.AlertEvidence,
                LastTimestamp = held.LastTimestamp,
                LastValue = held.LastValue,
                LastExpected = held.LastExpected,
                LastScore = held.LastScore,
            };
            foreach (var point in held.HourLength == 0 ? [] : HourBlock.Decode(held.HourBegin, hour.ToArray()))
            {
                series.Hour.Add(point);
            }

            return series;
        }
        catch (Exception exception) when (exception is ArgumentOutOfRangeException or InvalidDataException)
        {
            throw new ModelFormatException($"{entry.Identity.Key}: the state is damaged: {exception.Message}", exception);
        }
    }

    private static void WritePlain<T>(ArrayBufferWriter<byte> destination, T value)
        where T : unmanaged => destination.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(ref value)));

    private static T Take<T>(ref ReadOnlySpan<byte> rest)
        where T : unmanaged
    {
        var value = MemoryMarshal.Read<T>(rest);
        rest = rest[System.Runtime.CompilerServices.Unsafe.SizeOf<T>()..];
        return value;
    }

    private static void WriteFramed(ArrayBufferWriter<byte> destination, Action<IBufferWriter<byte>> write)
    {
        var part = new ArrayBufferWriter<byte>(8192);
        write(part);
        WritePlain(destination, part.WrittenCount);
        destination.Write(part.WrittenSpan);
    }

    private static ReadOnlySpan<byte> TakeFramed(ref ReadOnlySpan<byte> rest)
    {
        var length = Take<int>(ref rest);
        var part = rest[..length];
        rest = rest[length..];
        return part;
    }

    private readonly record struct Fixed(
        long LastTimestamp,
        double LastValue,
        double LastExpected,
        double LastScore,
        double AlertEvidence,
        long HourBegin,
        int HourLength);
}
