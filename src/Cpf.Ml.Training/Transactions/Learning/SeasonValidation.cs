using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Model;

namespace Cpf.Ml.Training.Transactions.Learning;

/// <summary>Chooses between two seasonal configurations by the forecast error of the next point.</summary>
/// <remarks>
/// Blocked in time and without look-ahead: the first fifth of a series is for training only, the rest is reported in
/// four blocks, and each point is forecast from those before it. The two configurations are compared on the same
/// points, and whole days are resampled. The other one is chosen when the whole interval of its difference is below 0.
/// </remarks>
internal static class SeasonValidation
{
    private const int Folds = 4;
    private const long Day = 86_400_000;

    /// <summary>Fewer days leave the default.</summary>
    private const int MinDays = 14;

    /// <summary>Confidence level: 95 % with the Bonferroni correction for two comparisons.</summary>
    private const double Share = 0.975;

    public static HyperParameter Choose(
        History history, string name,
        (string Name, EstateOptions Options) standard, (string Name, EstateOptions Options) other, int seed)
    {
        var (first, last) = (history.Series.Min(series => series.Points[0].Timestamp),
            history.Series.Max(series => series.Points[^1].Timestamp) + 1);
        var days = new SortedDictionary<long, (double Standard, double Other, double Weight)>();
        foreach (var series in history.Series)
        {
            Add(days, Errors(series, standard.Options), Errors(series, other.Options));
        }

        var difference =
            DayBootstrap.Ratio([.. days.Values.Select(day => (day.Other - day.Standard, day.Weight))], seed, Share);
        var decided = days.Count >= MinDays && difference.High < 0;
        return new HyperParameter(
            name, standard.Name, other.Name,
            decided ? other.Name : standard.Name, Blocks(days, first, last), difference, days.Count, decided);
    }

    private static List<FoldError> Blocks(
        SortedDictionary<long, (double Standard, double Other, double Weight)> days, long first, long last)
    {
        var from = first + ((last - first) / (Folds + 1));
        var length = Math.Max(1, (last - from) / Folds);
        return [.. days.GroupBy(day => Math.Min(Folds - 1, Math.Max(0, ((day.Key * Day) - from) / length)))
            .Select(block => new FoldError(
            DateTimeOffset.FromUnixTimeMilliseconds(block.First().Key * Day),
            block.Sum(day => day.Value.Standard) / block.Sum(day => day.Value.Weight),
            block.Sum(day => day.Value.Other) / block.Sum(day => day.Value.Weight)))];
    }

    /// <summary>
    /// Adds the errors of a series in units of its mean error with the default, so that each series weighs the same.
    /// </summary>
    private static void Add(
        SortedDictionary<long, (double Standard, double Other, double Weight)> days,
        List<(long Day, double Error)> standard, List<(long Day, double Error)> other)
    {
        var mean = standard.Where(point => double.IsFinite(point.Error))
            .Select(point => point.Error).DefaultIfEmpty().Average();
        if (!(mean > 0))
        {
            return;
        }

        for (var i = 0; i < standard.Count; i++)
        {
            if (double.IsFinite(standard[i].Error) && double.IsFinite(other[i].Error))
            {
                var sum = days.GetValueOrDefault(standard[i].Day);
                days[standard[i].Day] = (sum.Standard + (standard[i].Error / mean),
                    sum.Other + (other[i].Error / mean), sum.Weight + 1);
            }
        }
    }

    /// <returns>The absolute error of each point after the first fifth; NaN where there is no forecast or no
    /// value.</returns>
    private static List<(long Day, double Error)> Errors(HistorySeries series, EstateOptions options)
    {
        var (first, last) = (series.Points[0].Timestamp, series.Points[^1].Timestamp);
        var from = first + ((last - first) / (Folds + 1));
        var errors = new List<(long Day, double Error)>();
        Replay.Run(series, options, (in point, in assessment, _) =>
        {
            if (point.Timestamp >= from)
            {
                var error = Math.Abs(Scaled(series.Kind, point.Value) - Scaled(series.Kind, assessment.Expected));
                errors.Add((point.Timestamp / Day, assessment.IsWarm ? error : double.NaN));
            }
        });
        return errors;
    }

    /// <summary>A scale on which errors of large and small values weigh alike.</summary>
    private static double Scaled(MetricKind kind, double value) => kind switch
    {
        MetricKind.Duration => Math.Log(Math.Max(1e-6, value)),
        MetricKind.Volume or MetricKind.ErrorRate => Math.Sqrt(Math.Max(0, value)),
        _ => value,
    };
}
