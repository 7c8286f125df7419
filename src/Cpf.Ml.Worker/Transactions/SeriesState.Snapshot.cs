using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Detection;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>The state of a series as bytes. Version 1 had neither rhythm nor recent scores, and did not have the
/// source of the series; versions 1 and 2 knew nothing of deliveries.</summary>
internal sealed partial class SeriesState
{
    private const byte StateVersion = 3;

    public void Snapshot(ArrayBufferWriter<byte> destination)
    {
        destination.Write([StateVersion]);
        var hour = Hour.Begin == 0 ? [] : Hour.Encode();
        WritePlain(destination, _input);
        WritePlain(destination, new Fixed(
            LastTimestamp, LastValue, LastExpected, LastScore, Alert?.Evidence ?? 0, Hour.Begin, hour.Length));
        WritePlain(destination, new Origin(ReceivedAt, (long)Treatment));
        WritePlain(destination, _rhythm);
        WritePlain(destination, _deliveries);
        Scores.Write(destination);
        WriteFramed(destination, source => source.Write(Encoding.UTF8.GetBytes(Source)));
        destination.Write(hour);
        WriteFramed(destination, Monitor.Detector.Snapshot);
        WriteFramed(destination, Monitor.Rule.Snapshot);
    }

    /// <param name="series">As the catalog has it, or is to have it.</param>
    /// <param name="model">As <see cref="Model"/>.</param>
    /// <param name="state">As <see cref="Snapshot"/> wrote it.</param>
    /// <exception cref="ModelFormatException">The version is unknown, or the state is damaged.</exception>
    public static SeriesState Restore(
        SeriesDescriptor series, TransactionsSettings settings, string model, ReadOnlySpan<byte> state)
    {
        if (state.IsEmpty || state[0] is 0 or > StateVersion)
        {
            throw new ModelFormatException(
                $"{series.Identity.Key}: the state has version {(state.IsEmpty ? "none" : state[0])}; this program "
                    + $"reads versions 1 to {StateVersion}.");
        }

        try
        {
            return Read(series, settings, model, state[0], state[1..]);
        }
        catch (Exception exception) when (exception is ArgumentOutOfRangeException or InvalidDataException)
        {
            throw new ModelFormatException(
                $"{series.Identity.Key}: the state is damaged: {exception.Message}", exception);
        }
    }

    private static SeriesState Read(
        SeriesDescriptor series, TransactionsSettings settings, string model, byte version, ReadOnlySpan<byte> rest)
    {
        var input = Take<SeriesInput>(ref rest);
        var held = Take<Fixed>(ref rest);
        var origin = version < 2 ? new Origin(0, (long)input.Treatment) : Take<Origin>(ref rest);
        var rhythm = version < 2 ? Rhythm.From(held.LastTimestamp) : Take<Rhythm>(ref rest);
        var deliveries = version < 3 ? default : Take<Deliveries>(ref rest);
        var scores = version < 2 ? [] : TakeBytes(ref rest, RecentScores.Length);
        var source = version < 2 ? "" : Encoding.UTF8.GetString(TakeFramed(ref rest));
        var hour = TakeBytes(ref rest, held.HourLength);
        var detector = SeriesDetector.Restore(settings.Detector(series.Kind), TakeFramed(ref rest));
        var rule = AlertRule.Restore(settings.Rule(series.Kind, series.IsJoint), TakeFramed(ref rest));
        var restored = new SeriesState(series.Identity, new SeriesMonitor(detector, rule))
        {
            Model = model,
            Source = source,
            _input = input,
            _rhythm = rhythm,
            _deliveries = deliveries,
            _alertEvidence = held.AlertEvidence,
            Treatment = (SamplePart)origin.Treatment,
            ReceivedAt = origin.ReceivedAt,
            LastTimestamp = held.LastTimestamp,
            LastValue = held.LastValue,
            LastExpected = held.LastExpected,
            LastScore = held.LastScore,
        };
        foreach (var point in held.HourLength == 0 ? [] : HourBlock.Decode(held.HourBegin, hour.ToArray()))
        {
            restored.Hour.Add(point);
        }

        if (version > 1)
        {
            restored.Scores.Read(scores);
        }

        return restored;
    }

    private static void WritePlain<T>(ArrayBufferWriter<byte> destination, T value)
        where T : unmanaged => destination.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(ref value)));

    private static T Take<T>(ref ReadOnlySpan<byte> rest)
        where T : unmanaged
    {
        var value = MemoryMarshal.Read<T>(rest);
        rest = rest[Unsafe.SizeOf<T>()..];
        return value;
    }

    private static void WriteFramed(ArrayBufferWriter<byte> destination, Action<IBufferWriter<byte>> write)
    {
        var part = new ArrayBufferWriter<byte>(8192);
        write(part);
        WritePlain(destination, part.WrittenCount);
        destination.Write(part.WrittenSpan);
    }

    private static ReadOnlySpan<byte> TakeFramed(ref ReadOnlySpan<byte> rest) =>
        TakeBytes(ref rest, Take<int>(ref rest));

    private static ReadOnlySpan<byte> TakeBytes(ref ReadOnlySpan<byte> rest, int length)
    {
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

    /// <param name="Treatment">A <see cref="SamplePart"/>.</param>
    private readonly record struct Origin(long ReceivedAt, long Treatment);
}
