using System.Collections.Concurrent;
using Cpf.Ml.Scoring.Neutrality.Metrics;
using Cpf.Ml.Training.Statistics;

namespace Cpf.Ml.Training.Neutrality.Generation;

/// <summary>
/// Which weight of a group's offers, among equally relevant ones, makes its exposure smaller by a wanted share: found
/// by simulating searches of the same shape.
/// </summary>
internal static class PenaltyWeight
{
    private const int Searches = 20_000;
    private const int Halvings = 14;

    /// <summary>Penalised offers of a pool; the weight hardly depends on it.</summary>
    private const double Share = 0.3;

    private static readonly ConcurrentDictionary<(int Pool, int Shown, int Grades, double Size), double> Known = [];

    /// <param name="size">In [0, 1).</param>
    public static double Solve(SearchWorldOptions options, double size) =>
        size == 0 ? 1 : Known.GetOrAdd((options.Pool, options.Shown, options.Grades, size), key =>
    {
        var (low, high) = (-6.0, 0.0);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Ratio(key.Pool, key.Shown, key.Grades, Math.Exp(middle)) > 1 - size ? (low, middle)
                : (middle, high);
        }

        return Math.Exp((low + high) / 2);
    });

    /// <summary>Exposure of penalised offers against equally relevant others.</summary>
    private static double Ratio(int pool, int shown, int grades, double weight)
    {
        var (random, own, others) = (new Random(7), 0.0, 0.0);
        var offers = new (int Grade, bool IsPenalised, double Time)[pool];
        for (var search = 0; search < Searches; search++)
        {
            for (var i = 0; i < pool; i++)
            {
                var isPenalised = random.Chance(Share);
                offers[i] = (random.Next(grades), isPenalised, random.Exponential(1) / (isPenalised ? weight : 1));
            }

            Array.Sort(offers, (row, other) => row.Grade != other.Grade ? other.Grade.CompareTo(row.Grade)
                : row.Time.CompareTo(other.Time));
            for (var from = 0; from < pool;)
            {
                var (to, n, sum, rest) = (from, 0, 0.0, 0.0);
                for (; to < pool && offers[to].Grade == offers[from].Grade; to++)
                {
                    var exposure = to < shown ? BrowsingModel.Logarithmic(to + 1) : 0;
                    (n, sum, rest) = offers[to].IsPenalised ? (n + 1, sum + exposure, rest) : (n, sum, rest + exposure);
                }

                var all = to - from;
                own += sum * (all - n) / all;
                others += rest * n / all;
                from = to;
            }
        }

        return own / others;
    }
}
