using System.Globalization;
using Cpf.Ml.Scoring.Transactions;

namespace Cpf.Ml.Training.Data;

/// <summary>Reads a series from CSV: a header <c>timestamp,value[,volume][,…]</c>, then one point a line.</summary>
internal static class MetricCsv
{
    private const long MaxSeconds = 100_000_000_000; // the year 5138; larger numbers are milliseconds
    private const long Earliest = -62_000_000_000_000; // the year 5, in milliseconds
    private const long Latest = 253_000_000_000_000; // the year 9987

    /// <returns>The points in file order, with each timestamp as it was written.</returns>
    /// <exception cref="InputException">A line cannot be read.</exception>
    public static IEnumerable<(string Timestamp, Observation Point)> Read(string path)
    {
        using var reader = new StreamReader(path);
        var columns = reader.ReadLine()?.Split(',')
            ?? throw new InputException($"{path}: the file is empty; expected a header timestamp,value.");
        var time = Column(path, columns, "timestamp");
        var value = Column(path, columns, "value");
        var volume = Array.FindIndex(columns, name => Is(name, "volume"));
        for (var line = 2; reader.ReadLine() is { } text; line++)
        {
            if (text.Length == 0)
            {
                continue;
            }

            var fields = text.Split(',');
            if (fields.Length != columns.Length)
            {
                throw new InputException($"{path}, line {line}: {fields.Length} fields, the header has "
                    + $"{columns.Length}.");
            }

            yield return (fields[time], new Observation(
                Time(path, line, fields[time]),
                Number(path, line, "value", fields[value]),
                volume < 0 ? double.NaN : Number(path, line, "volume", fields[volume])));
        }
    }

    private static int Column(string path, string[] columns, string wanted)
    {
        var index = Array.FindIndex(columns, name => Is(name, wanted));
        return index >= 0
            ? index
            : throw new InputException($"{path}, line 1: no column {wanted}; found {string.Join(", ", columns)}.");
    }

    private static bool Is(string name, string wanted) =>
        name.Trim().Trim('\uFEFF').Equals(wanted, StringComparison.OrdinalIgnoreCase);

    private static long Time(string path, int line, string text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && (Math.Abs(number) < MaxSeconds ? number * 1000
                : number) is >= Earliest and <= Latest and var milliseconds)
        {
            return (long)milliseconds;
        }

        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant.ToUnixTimeMilliseconds()
            : throw new InputException(
                $"{path}, line {line}, column timestamp: «{text}» is neither ISO 8601 nor seconds since 1970.");
    }

    private static double Number(string path, int line, string column, string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return double.NaN;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new InputException($"{path}, line {line}, column {column}: «{text}» is not a number.");
    }
}
