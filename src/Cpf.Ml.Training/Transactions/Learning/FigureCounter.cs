using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Evidence;
using Cpf.Ml.Scoring.Transactions.Model;

namespace Cpf.Ml.Training.Transactions.Learning;

/// <summary>Counts by day how well calibrated the assessments of points were, each made before its point was
/// learned.</summary>
internal sealed class FigureCounter
{
    private const long Day = 86_400_000;

    private readonly SortedDictionary<(long Day, int Series), Counts> _days = [];

    public void Add(int series, in Observation point, in PointAssessment assessment, AlertTransition transition)
    {
        if (!assessment.IsWarm || !assessment.HasValue)
        {
            return;
        }

        var key = (point.Timestamp / Day, series);
        var day = _days.GetValueOrDefault(key);
        _days[key] = new Counts(
            day.Points + 1,
            day.Rare100 + (assessment.PValue <= 0.01 ? 1 : 0),
            day.Rare1000 + (assessment.PValue <= 0.001 ? 1 : 0),
            day.Inside + (point.Value >= assessment.Lower99 && point.Value <= assessment.Upper99 ? 1 : 0),
            day.Alerts + (transition == AlertTransition.Open ? 1 : 0));
    }

    /// <summary>The figures with their bootstrap intervals.</summary>
    /// <param name="series">Number of the series; null means all of them.</param>
    /// <param name="seed">Of the bootstrap.</param>
    /// <returns>Null when no point was scored.</returns>
    public TrainedFigures? Figures(int? series, int seed)
    {
        // A day of the whole estate is resampled together, because series are correlated.
        var days = _days.Where(day => series is null || day.Key.Series == series)
            .GroupBy(day => day.Key.Day)
            .Select(day => (Sum: day.Aggregate(default(Counts), (sum, next) => sum + next.Value), Series: day.Count()))
            .ToList();
        if (days.Count == 0)
        {
            return null;
        }

        IntervalEstimate Rate(Func<Counts, double> count, double nominal) =>
            DayBootstrap.Ratio([.. days.Select(day => (count(day.Sum), nominal * day.Sum.Points))], seed);
        return new TrainedFigures(
            days.Sum(day => day.Sum.Points),
            days.Count,
            Rate(sum => sum.Rare100, 0.01),
            Rate(sum => sum.Rare1000, 0.001),
            Rate(sum => sum.Inside, 1),
            DayBootstrap.Ratio([.. days.Select(day => ((double)day.Sum.Alerts, (double)day.Series))], seed));
    }

    private readonly record struct Counts(long Points, long Rare100, long Rare1000, long Inside, long Alerts)
    {
        public static Counts operator +(Counts left, Counts right) => new(
            left.Points + right.Points, left.Rare100 + right.Rare100,
            left.Rare1000 + right.Rare1000, left.Inside + right.Inside, left.Alerts + right.Alerts);
    }
}
