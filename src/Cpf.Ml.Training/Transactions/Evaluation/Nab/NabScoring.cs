namespace Cpf.Ml.Training.Transactions.Evaluation.Nab;

/// <summary>The scoring function of the Numenta Anomaly Benchmark, exactly.</summary>
/// <remarks>Reference: Lavin and Ahmad (2015), <i>Evaluating real-time anomaly detection algorithms</i>, arXiv
/// 1510.03336, and the benchmark's code.</remarks>
internal static class NabScoring
{
    /// <summary>A row's worth when detected, and the window that it lies in (−1 outside).</summary>
    internal readonly record struct Row(double Score, double Worth, int Window);

    /// <summary>The score, 0 for detecting nothing and 100 for a perfect detector.</summary>
    /// <param name="Threshold">Rows at or above it are detections.</param>
    /// <param name="WindowsFound">Labelled windows with a detection.</param>
    /// <param name="FalseRows">Detected rows outside windows.</param>
    internal readonly record struct Result(double Score, double Threshold, int WindowsFound, int FalseRows);

    /// <summary>The result at the best single threshold for all series together, as the benchmark defines it.</summary>
    public static Result Best(IReadOnlyList<NabSeries> series, NabProfile profile)
    {
        var rows = new List<Row>();
        var windows = 0;
        foreach (var file in series)
        {
            rows.AddRange(Rows(file, profile, windows));
            windows += file.Windows.Count;
        }

        rows.Sort((left, right) => right.Score.CompareTo(left.Score));
        var state = new Tally(windows, profile);
        var best = state.Result(double.PositiveInfinity);
        for (var i = 0; i < rows.Count; i++)
        {
            state.Detect(rows[i]);
            if (i + 1 == rows.Count || rows[i + 1].Score != rows[i].Score)
            {
                var result = state.Result(rows[i].Score);
                best = result.Score > best.Score ? result : best;
            }
        }

        return best;
    }

    /// <summary>The result when each series has a threshold of its own that was found elsewhere.</summary>
    public static Result At(IReadOnlyList<(NabSeries Series, double Threshold)> series, NabProfile profile)
    {
        var state = new Tally(series.Sum(file => file.Series.Windows.Count), profile);
        var windows = 0;
        foreach (var (file, threshold) in series)
        {
            foreach (var row in Rows(file, profile, windows).Where(row => row.Score >= threshold))
            {
                state.Detect(row);
            }

            windows += file.Windows.Count;
        }

        return state.Result(double.NaN);
    }

    /// <summary>
    /// Each half scored with the threshold that is best on the other: series in ordinal order of their names, every
    /// second one.
    /// </summary>
    public static Result CrossFitted(IReadOnlyList<NabSeries> series, NabProfile profile)
    {
        var ordered = series.OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        var even = ordered.Where((_, index) => index % 2 == 0).ToList();
        var odd = ordered.Where((_, index) => index % 2 == 1).ToList();
        var (forOdd, forEven) = (Best(even, profile).Threshold, Best(odd, profile).Threshold);
        return At([.. even.Select(file => (file, forEven)), .. odd.Select(file => (file, forOdd))], profile);
    }

    /// <summary>The rows of a series that count, each with its worth.</summary>
    /// <param name="firstWindow">Number of the series' first window among all windows.</param>
    internal static IEnumerable<Row> Rows(NabSeries series, NabProfile profile, int firstWindow)
    {
        var previous = -1;
        for (int i = 0, next = 0; i < series.Scores.Length; i++)
        {
            if (next < series.Windows.Count && i > series.Windows[next].Last)
            {
                previous = next++;
            }

            var inside = next < series.Windows.Count && i >= series.Windows[next].First;
            if (i < series.Probation)
            {
                continue;
            }

            var worth = inside
                ? profile.TruePositive * Inside(i, series.Windows[next])
                : profile.FalsePositive * (previous < 0 ? -1 : After(i, series.Windows[previous]));
            yield return new Row(series.Scores[i], worth, inside ? firstWindow + next : -1);
        }
    }

    private static double Inside(int row, (int First, int Last) window)
    {
        var width = window.Last - window.First + 1;
        return Sigmoid(-(double)(window.Last - row + 1) / width) / Sigmoid(-1);
    }

    private static double After(int row, (int First, int Last) window) =>
        Sigmoid((double)(row - window.Last) / (window.Last - window.First));

    private static double Sigmoid(double y) => y > 3 ? -1 : (2 / (1 + Math.Exp(5 * y))) - 1;

    /// <summary>Detections so far: a window counts its best row, every false row costs.</summary>
    private sealed class Tally(int windows, NabProfile profile)
    {
        private readonly double?[] _found = new double?[windows];
        private double _raw = -windows * profile.FalseNegative;
        private int _count;
        private int _false;

        public void Detect(Row row)
        {
            if (row.Window < 0)
            {
                _raw += row.Worth;
                _false++;
                return;
            }

            ref var found = ref _found[row.Window];
            if (found is null)
            {
                _raw += profile.FalseNegative + row.Worth;
                _count++;
                found = row.Worth;
            }
            else if (row.Worth > found)
            {
                _raw += row.Worth - found.Value;
                found = row.Worth;
            }
        }

        public Result Result(double threshold)
        {
            var nothing = -windows * profile.FalseNegative;
            var perfect = windows * profile.TruePositive;
            return new Result(100 * (_raw - nothing) / (perfect - nothing), threshold, _count, _false);
        }
    }
}
