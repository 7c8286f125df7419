using Cpf.Ml.Scoring.Transactions.Model;

namespace Cpf.Ml.Training.Transactions.Learning;

/// <summary>
/// Bootstrap interval of a ratio of sums: whole days are resampled, because the points of a day are correlated.
/// </summary>
/// <remarks>Efron and Tibshirani (1993), <i>An introduction to the bootstrap</i>; percentile intervals.</remarks>
internal static class DayBootstrap
{
    private const int Draws = 2000;

    /// <param name="days">Numerator and denominator of each day.</param>
    /// <param name="seed">Of the resampling.</param>
    /// <param name="share">Confidence level, in (0, 1).</param>
    public static IntervalEstimate Ratio(IReadOnlyList<(double Sum, double Weight)> days, int seed, double share = 0.95)
    {
        if (days.Count == 0)
        {
            return new IntervalEstimate(double.NaN, double.NaN, double.NaN);
        }

        var random = new Random(seed);
        var draws = new double[Draws];
        for (var i = 0; i < Draws; i++)
        {
            var (sum, weight) = (0.0, 0.0);
            for (var j = 0; j < days.Count; j++)
            {
                var day = days[random.Next(days.Count)];
                (sum, weight) = (sum + day.Sum, weight + day.Weight);
            }

            draws[i] = sum / weight;
        }

        Array.Sort(draws);
        var tail = (1 - share) / 2;
        return new IntervalEstimate(
            days.Sum(day => day.Sum) / days.Sum(day => day.Weight),
            draws[(int)Math.Floor(tail * (Draws - 1))],
            draws[(int)Math.Ceiling((1 - tail) * (Draws - 1))]);
    }
}
