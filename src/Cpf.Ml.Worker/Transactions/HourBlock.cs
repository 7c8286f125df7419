using System.IO.Compression;
using System.Runtime.InteropServices;
using Cpf.Ml.Scoring.Transactions.Evidence;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>An hour of scored points of one series, one a minute: of several in a minute the one with the
/// highest score stays.</summary>
/// <remarks>Written column by column and deflated: neighbours are alike.</remarks>
internal sealed class HourBlock
{
    public const int Minutes = 60;
    private const long Minute = 60_000;

    /// <summary>In milliseconds.</summary>
    public const long Length = Minutes * Minute;

    private const int Columns = 8;

    private readonly ScoredPoint[] _points = new ScoredPoint[Minutes];

    /// <summary>Unix milliseconds of the hour's begin; 0 while empty.</summary>
    public long Begin { get; private set; }

    public IEnumerable<ScoredPoint> Points => _points.Where(point => point.Timestamp != 0);

    /// <summary>Whether the point lies in another hour than those held.</summary>
    public bool IsOver(long timestamp) => Begin != 0 && BeginOf(timestamp) != Begin;

    public static long BeginOf(long timestamp) => timestamp - (timestamp % Length);

    public void Add(in ScoredPoint point)
    {
        Begin = BeginOf(point.Timestamp);
        ref var held = ref _points[(point.Timestamp - Begin) / Minute];
        if (held.Timestamp == 0 || point.Score >= held.Score)
        {
            held = point;
        }
    }

    public void Clear()
    {
        Array.Clear(_points);
        Begin = 0;
    }

    public byte[] Encode()
    {
        var points = Points.ToList();
        var values = new float[points.Count * Columns];
        for (var i = 0; i < points.Count; i++)
        {
            var point = points[i];
            Span<float> row =
            [
                // Milliseconds of an hour are exact in a float; a flagged point has them negative.
                point.Flagged ? Begin - point.Timestamp - 1 : point.Timestamp - Begin,
                point.Value, point.Expected, point.Lower99, point.Upper99, point.Lower999, point.Upper999, point.Score,
            ];
            for (var column = 0; column < Columns; column++)
            {
                values[(column * points.Count) + i] = row[column];
            }
        }

        using var output = new MemoryStream();
        using (var deflate = new DeflateStream(output, CompressionLevel.Fastest))
        {
            deflate.Write(MemoryMarshal.AsBytes(values.AsSpan()));
        }

        return output.ToArray();
    }

    /// <param name="begin">As <see cref="Begin"/>.</param>
    /// <param name="block">As written by <see cref="Encode"/>.</param>
    public static IReadOnlyList<ScoredPoint> Decode(long begin, byte[] block)
    {
        if (block.Length == 0)
        {
            return [];
        }

        using var input = new DeflateStream(new MemoryStream(block), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        input.CopyTo(bytes);
        var values = MemoryMarshal.Cast<byte, float>(bytes.ToArray());
        var count = values.Length / Columns;
        var points = new ScoredPoint[count];
        for (var i = 0; i < count; i++)
        {
            var offset = (long)values[i];
            points[i] = new ScoredPoint(
                begin + (offset < 0 ? -offset - 1 : offset),
                values[count + i],
                values[(2 * count) + i],
                values[(3 * count) + i],
                values[(4 * count) + i],
                values[(5 * count) + i],
                values[(6 * count) + i],
                values[(7 * count) + i],
                offset < 0);
        }

        return points;
    }
}
