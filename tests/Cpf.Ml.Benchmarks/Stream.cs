using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Detection;

namespace Cpf.Ml.Benchmarks;

/// <summary>A fixed, realistic mix of series: durations, counts, error rates and gauges of one point a minute, with a
/// daily season, spikes and a level shift.</summary>
internal static class Stream
{
    public const double Budget = 5.0 / (5000 * 1440);
    private const long Start = 1_767_571_200_000; // Monday 5 January 2026, 00:00 UTC
    private const int Day = 1440;

    public static SeriesDetectorOptions Options(int series) =>
        new() { Kind = (MetricKind)(series % 4), Zone = "Europe/Paris", FrenchHolidays = true };

    public static SeriesMonitor Watch(int series) => new(Options(series), new AlertRuleOptions());

    /// <param name="series">Chooses kind and noise.</param>
    /// <param name="count">Points.</param>
    public static Observation[] Points(int series, int count)
    {
        var random = new Random(series + 1);
        var points = new Observation[count];
        for (var i = 0; i < count; i++)
        {
            var season = 1 - (0.8 * Math.Cos(2 * Math.PI * i / Day));
            var normal =
                Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var fault = i % 5003 == 5002 ? 8 : i % 20_011 > 19_800 ? 4 : 0;
            var value = (MetricKind)(series % 4) switch
            {
                MetricKind.Duration => 0.2 * Math.Exp((0.2 * season) + (0.3 * (normal + fault))),
                MetricKind.Volume =>
                    Math.Round(Math.Max(0, (200 * season) + (Math.Sqrt(200 * season) * (normal + fault)))),
                MetricKind.ErrorRate => Math.Clamp(0.01 * (1 + (0.3 * (normal + fault))), 0, 1),
                _ => 60 + (10 * season) + normal + fault,
            };
            points[i] = new Observation(Start + (60_000L * i), i % 997 == 0 ? double.NaN : value, 100 * season);
        }

        return points;
    }
}
