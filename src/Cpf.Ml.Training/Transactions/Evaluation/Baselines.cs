using Cpf.Ml.Training.Transactions.Generation;

namespace Cpf.Ml.Training.Transactions.Evaluation;

/// <summary>
/// The alternatives that operators have: recipes of dashboards, as evidence a point. Causal; a missing value has no
/// evidence.
/// </summary>
internal static class Baselines
{
    private const int Day = 1440;
    private const int Week = 7 * Day;

    public static IReadOnlyList<(string Name, Func<LabelledSeries, double[]> Evidence)> All { get; } =
    [
        ("z-score of a week", series => Scan(series, ZScore(Week))),
        ("z-score of a day", series => Scan(series, ZScore(Day))),
        ("distance from a day's median, in MAD", series => Scan(series, MedianAbsoluteDeviation())),
        ("difference to the same minute a week ago, in its deviations", series => Scan(series, WeekBefore())),
    ];

    private static double[] Scan(LabelledSeries series, Func<double, double> step) =>
        [.. series.Points.Select(point => double.IsFinite(point.Value) ? step(point.Value) : double.NaN)];

    /// <summary>
    /// As GitLab's recording rules do it: distance from the mean of the window, in its standard deviations.
    /// </summary>
    private static Func<double, double> ZScore(int length)
    {
        var window = new Queue<double>();
        var (sum, squares) = (0.0, 0.0);
        return value =>
        {
            var mean = sum / Math.Max(1, window.Count);
            var variance = (squares / Math.Max(1, window.Count)) - (mean * mean);
            var score = variance > 1e-12 * squares / Math.Max(1, window.Count)
                ? Math.Abs(value - mean) / Math.Sqrt(variance) : 0;
            window.Enqueue(value);
            (sum, squares) = (sum + value, squares + (value * value));
            if (window.Count > length)
            {
                var old = window.Dequeue();
                (sum, squares) = (sum - old, squares - (old * old));
            }

            return score;
        };
    }

    /// <summary>
    /// As Grafana's promql-anomaly-detection does it in its robust form; the MAD is of the last day's distances.
    /// </summary>
    private static Func<double, double> MedianAbsoluteDeviation()
    {
        var (values, distances) = (new SortedWindow(Day), new SortedWindow(Day));
        return value =>
        {
            var distance = Math.Abs(value - (values.Count == 0 ? value : values.Median));
            var score = distances.Count > 0 && distances.Median > 0 ? distance / distances.Median : 0;
            values.Add(value);
            distances.Add(distance);
            return score;
        };
    }

    private static Func<double, double> WeekBefore()
    {
        var window = new Queue<double>();
        var z = ZScore(Day);
        return value =>
        {
            window.Enqueue(value);
            return window.Count > Week ? z(value - window.Dequeue()) : 0;
        };
    }

    /// <summary>The last values, in order.</summary>
    private sealed class SortedWindow(int length)
    {
        private readonly Queue<double> _window = new();
        private readonly List<double> _sorted = [];

        public int Count => _sorted.Count;

        public double Median => _sorted[_sorted.Count / 2];

        public void Add(double value)
        {
            _window.Enqueue(value);
            var at = _sorted.BinarySearch(value);
            _sorted.Insert(at < 0 ? ~at : at, value);
            if (_sorted.Count > length)
            {
                _sorted.RemoveAt(_sorted.BinarySearch(_window.Dequeue()));
            }
        }
    }
}
