using Cpf.Ml.Scoring.Transactions.Evidence;

namespace Cpf.Ml.Worker.Console.Kit.Charts;

/// <summary>The points that fall into one column of a picture. Values in the unit of the series, NaN where there is
/// none.</summary>
/// <param name="At">Instant of its first point, Unix milliseconds.</param>
/// <param name="AfterGap">Data are missing just before it.</param>
public sealed record ChartColumn(
    long At,
    double First,
    double Last,
    double Low,
    double High,
    double Expected,
    double Lower99,
    double Upper99,
    double Lower999,
    double Upper999,
    double Score,
    bool Flagged,
    bool AfterGap)
{
    /// <summary>Bins points into columns of equal width, oldest first; empty columns are omitted.</summary>
    internal static List<ChartColumn> Gather(
        IReadOnlyList<ScoredPoint> points, long from, long to, int columns, IReadOnlyList<MissingSpan> missing)
    {
        var gathered = new List<ChartColumn>();
        var shown = points.Where(point => point.Timestamp >= from && point.Timestamp < to);
        var gap = 0;
        foreach (var column in Chunks(shown, point => (point.Timestamp - from) * columns / (to - from)))
        {
            // A gap ends at the point that follows it.
            var afterGap = false;
            while (gap < missing.Count && missing[gap].To <= column[^1].Timestamp)
            {
                afterGap = true;
                gap++;
            }

            gathered.Add(Merge(column, afterGap));
        }

        return gathered;
    }

    private static ChartColumn Merge(List<ScoredPoint> points, bool afterGap)
    {
        var present = points.Where(point => !float.IsNaN(point.Value)).ToList();
        var typical = points[points.Count / 2];
        return new ChartColumn(
            points[0].Timestamp,
            present.Count == 0 ? double.NaN : present[0].Value,
            present.Count == 0 ? double.NaN : present[^1].Value,
            present.Count == 0 ? double.NaN : present.Min(point => point.Value),
            present.Count == 0 ? double.NaN : present.Max(point => point.Value),
            typical.Expected,
            typical.Lower99,
            typical.Upper99,
            typical.Lower999,
            typical.Upper999,
            points.Max(point => point.Score),
            points.Any(point => point.Flagged),
            afterGap);
    }

    private static IEnumerable<List<ScoredPoint>> Chunks(IEnumerable<ScoredPoint> points, Func<ScoredPoint, long> key)
    {
        var chunk = new List<ScoredPoint>();
        foreach (var point in points)
        {
            if (chunk.Count > 0 && key(chunk[0]) != key(point))
            {
                yield return chunk;
                chunk = [];
            }

            chunk.Add(point);
        }

        if (chunk.Count > 0)
        {
            yield return chunk;
        }
    }
}
