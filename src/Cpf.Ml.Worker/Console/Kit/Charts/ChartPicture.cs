using System.Globalization;
using System.Text;
using Cpf.Ml.Scoring.Transactions.Evidence;

namespace Cpf.Ml.Worker.Console.Kit.Charts;

/// <summary>A stretch of time without a point: drawn hatched, never joined by a line. Unix milliseconds, UTC.</summary>
public readonly record struct MissingSpan(long From, long To);

/// <summary>Scored points as the paths of a picture 1 000 wide and 100 high, whatever their number.</summary>
public sealed class ChartPicture
{
    public const int Width = 1000;
    public const int Height = 100;

    /// <summary>Data are missing after this many typical intervals without a point.</summary>
    private const double GapIntervals = 2.5;

    private readonly List<ChartColumn> _columns;

    /// <param name="points">Oldest first.</param>
    /// <param name="from">Left end, Unix milliseconds, inclusive.</param>
    /// <param name="to">Right end, Unix milliseconds, exclusive, after <paramref name="from"/>.</param>
    /// <param name="neverNegative">The quantity cannot be below 0, so neither is its axis.</param>
    /// <param name="columns">Number of columns: points in the same column are merged into its highest and
    /// lowest.</param>
    public ChartPicture(IReadOnlyList<ScoredPoint> points, long from, long to, bool neverNegative, int columns = 500)
        : this(points, from, to, ScaleOf(points, neverNegative), columns)
    {
    }

    /// <param name="scale">Vertical scale, shared by charts that are compared.</param>
    public ChartPicture(IReadOnlyList<ScoredPoint> points, long from, long to, ChartScale scale, int columns)
    {
        From = from;
        To = Math.Max(to, from + 1);
        Scale = scale;
        Missing = [.. Gaps(points, From, To)];
        _columns = ChartColumn.Gather(points, From, To, columns, Missing);
    }

    public long From { get; }

    public long To { get; }

    public ChartScale Scale { get; }

    public IReadOnlyList<MissingSpan> Missing { get; }

    public IReadOnlyList<ChartColumn> Columns => _columns;

    /// <summary>Share of the width, 0 to 1.</summary>
    public double Across(long at) => Math.Clamp((at - From) / (double)(To - From), 0, 1);

    /// <summary>Path of the observed values, broken where data are missing.</summary>
    public string Observed()
    {
        var path = new StringBuilder();
        var pen = false;
        foreach (var column in _columns)
        {
            pen &= !column.AfterGap;
            if (double.IsNaN(column.First))
            {
                continue;
            }

            Line(path, ref pen, column.At, column.First);
            if (column.High > column.Low)
            {
                Line(path, ref pen, column.At, column.Low);
                Line(path, ref pen, column.At, column.High);
                Line(path, ref pen, column.At, column.Last);
            }
        }

        return path.ToString();
    }

    /// <summary>Path of the expected values.</summary>
    public string Expected()
    {
        var path = new StringBuilder();
        var pen = false;
        foreach (var column in _columns)
        {
            pen &= !column.AfterGap && !double.IsNaN(column.Expected);
            if (!double.IsNaN(column.Expected))
            {
                Line(path, ref pen, column.At, column.Expected);
            }
        }

        return path.ToString();
    }

    /// <summary>The area in which 99 % of ordinary points lie.</summary>
    public string Band99() => Area(column => (column.Lower99, column.Upper99));

    /// <summary>The area in which 99.9 % of ordinary points lie.</summary>
    public string Band999() => Area(column => (column.Lower999, column.Upper999));

    /// <summary>Flagged points as strokes of length zero, which round caps turn into dots of constant size.</summary>
    public string Flags()
    {
        var path = new StringBuilder();
        foreach (var column in _columns.Where(column => column.Flagged && !double.IsNaN(column.First)))
        {
            var value = Math.Abs(column.High - column.Expected) >= Math.Abs(column.Low - column.Expected)
                ? column.High : column.Low;
            Append(path, 'M', column.At, value).Append("h0");
        }

        return path.ToString();
    }

    private static ChartScale ScaleOf(IReadOnlyList<ScoredPoint> points, bool neverNegative)
    {
        var seen = points.Where(point => double.IsFinite(point.Value)).ToList();
        var values = seen
            .SelectMany(point => new double[] { point.Value, point.Expected, point.Upper99, point.Lower99 }).ToList();
        var near = ChartScale.Around(values, neverNegative);
        var wide = ChartScale.Around(
            values.Concat(seen.SelectMany(point => new double[] { point.Upper999, point.Lower999 })), neverNegative);

        // The wide band of a young model may be hundreds of times the data; it is clipped so that it does not flatten
        // the rest.
        return wide.Maximum - wide.Minimum <= 2 * (near.Maximum - near.Minimum) ? wide : near;
    }

    private static IEnumerable<MissingSpan> Gaps(IReadOnlyList<ScoredPoint> points, long from, long to)
    {
        var present = points.Where(point => !float.IsNaN(point.Value)).Select(point => point.Timestamp).ToList();
        if (present.Count < 2)
        {
            yield break;
        }

        var intervals = present.Zip(present.Skip(1), (before, after) => after - before).Order().ToList();
        var longest = (long)(GapIntervals * intervals[intervals.Count / 2]);
        for (var i = 1; i < present.Count; i++)
        {
            if (present[i] - present[i - 1] > longest)
            {
                yield return new MissingSpan(present[i - 1], present[i]);
            }
        }

        // Before the first point the series may not have existed; after the last it is expected until the end of the
        // range.
        if (to - present[^1] > 2 * longest && present[^1] >= from)
        {
            yield return new MissingSpan(present[^1], to);
        }
    }

    private string Area(Func<ChartColumn, (double Lower, double Upper)> band)
    {
        var path = new StringBuilder();
        var run = new List<ChartColumn>();
        foreach (var column in _columns)
        {
            var known = !double.IsNaN(band(column).Lower) && !double.IsNaN(band(column).Upper);
            if (!known || column.AfterGap)
            {
                Close(path, run, band);
            }

            if (known)
            {
                run.Add(column);
            }
        }

        Close(path, run, band);
        return path.ToString();
    }

    private void Close(StringBuilder path, List<ChartColumn> run, Func<ChartColumn, (double Lower, double Upper)> band)
    {
        if (run.Count > 1)
        {
            var pen = false;
            foreach (var column in run)
            {
                Line(path, ref pen, column.At, band(column).Upper);
            }

            foreach (var column in Enumerable.Reverse(run))
            {
                Line(path, ref pen, column.At, band(column).Lower);
            }

            path.Append('Z');
        }

        run.Clear();
    }

    private void Line(StringBuilder path, ref bool pen, long at, double value)
    {
        Append(path, pen ? 'L' : 'M', at, value);
        pen = true;
    }

    private StringBuilder Append(StringBuilder path, char command, long at, double value) => path.Append(
        CultureInfo.InvariantCulture, $"{command}{Width * Across(at):0.#} {Height * Scale.Depth(value):0.##}");
}
