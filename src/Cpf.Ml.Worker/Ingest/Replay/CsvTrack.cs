using System.Globalization;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Ingest.Replay;

/// <summary>A CSV of timestamp,value: ISO 8601 (without offset it is UTC) or Unix seconds; an empty value is a missing
/// point. Further columns are ignored.</summary>
internal sealed class CsvTrack(SeriesTarget target, List<(long Timestamp, double Value)> points) : ReplayTrack
{
    public SeriesTarget Target { get; } = target;

    public override int Count => points.Count;

    public override long TimestampAt(int index) => points[index].Timestamp;

    public override void AddTo(IntakeBatch batch, int index, long shift)
    {
        var (timestamp, value) = points[index];
        batch.Count(batch.Add(Target, timestamp + shift, value));
    }

    /// <exception cref="InvalidDataException">A line cannot be read, or there is none; the message names file and
    /// line.</exception>
    public static CsvTrack Read(string path, SeriesTarget target)
    {
        var points = new List<(long Timestamp, double Value)>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0 || (number == 1 && !char.IsAsciiDigit(line[0])))
            {
                continue;
            }

            var fields = line.Split(',');
            if (fields.Length < 2
                || ReadInstant(fields[0]) is not { } timestamp || ReadValue(fields[1]) is not { } value)
            {
                throw new InvalidDataException($"{path}, line {number}: timestamp,value expected, \"{line}\" found.");
            }

            points.Add((timestamp, value));
        }

        points.Sort((left, right) => left.Timestamp.CompareTo(right.Timestamp));
        return points.Count > 0 ? new CsvTrack(target, points)
            : throw new InvalidDataException($"{path} holds no point.");
    }

    private static long? ReadInstant(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            ? (long)(1000 * seconds)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant.ToUnixTimeMilliseconds()
        : null;

    private static double? ReadValue(string text) =>
        string.IsNullOrWhiteSpace(text) ? double.NaN
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
        : null;
}
