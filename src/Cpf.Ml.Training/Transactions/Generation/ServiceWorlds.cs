using Cpf.Ml.Scoring.Transactions;

namespace Cpf.Ml.Training.Transactions.Generation;

/// <summary>
/// Generated one-minute metrics of imagined services, with faults from barely visible to plain, each known by its rows.
/// </summary>
/// <remarks>Deterministic for a seed. The first two weeks are without faults: the history of an operator.</remarks>
internal static class ServiceWorlds
{
    public const int QuietDays = 14;
    private const double FaultsPerDay = 0.4;
    private const int MinDistance = 180;

    /// <summary>
    /// Sizes of faults in standard deviations of the noise, from barely visible to plain, log-uniform.
    /// </summary>
    private const double MinSize = 2;
    private const double MaxSize = 20;
    private const double MissingShare = 0.001;

    /// <summary>Monday 5 January 2026, 00:00 UTC.</summary>
    private const long Monday = 1_767_571_200_000;

    public static IEnumerable<LabelledSeries> Generate(int count, int days, int seed)
    {
        for (var i = 0; i < count; i++)
        {
            yield return GenerateSeries(unchecked((seed * 7919) + i), days);
        }
    }

    private static LabelledSeries GenerateSeries(int seed, int days)
    {
        var metric = new ServiceMetric(seed, days);
        var random = new Random(~seed);
        var points = new Observation[days * ServiceMetric.MinutesPerDay];
        var events = new List<LabelledEvent>();
        var (fault, size, first, last) = (ServiceFault.All[0], 0.0, 0, -1);
        var next = QuietDays * ServiceMetric.MinutesPerDay;
        for (var minute = 0; minute < points.Length; minute++)
        {
            if (minute > last && minute >= next && random.NextDouble() < FaultsPerDay / ServiceMetric.MinutesPerDay)
            {
                var faults = metric.Kind == MetricKind.ErrorRate ? ServiceFault.OfErrorRates : ServiceFault.All;
                fault = faults[random.Next(faults.Count)];
                size = MinSize * Math.Pow(MaxSize / MinSize, random.NextDouble());
                (first, last) = (minute,
                    Math.Min(points.Length - 1, minute + random.Next(fault.MinLength, fault.MaxLength + 1) - 1));
                next = last + MinDistance;
                events.Add(new LabelledEvent(fault.Name, first, last));
            }

            var wrong = minute <= last;
            var done = wrong ? (minute - first + 1.0) / (last - first + 1) : 0;
            var (value, volume) = metric.Next(
                minute,
                wrong ? fault.Factor(done, size * metric.Noise(minute)) : 1,
                wrong && fault.Spread is not null ? fault.Spread(size) : 1);
            value = wrong && fault.Stuck ? points[first - 1].Value : value;
            var missing =
                !wrong && random.NextDouble() < MissingShare && minute > 0 && double.IsFinite(points[minute - 1].Value);
            points[minute] = new Observation(Monday + (minute * 60_000L), missing ? double.NaN : value, volume);
        }

        return new LabelledSeries($"{metric.Kind}-{seed}", metric.Kind, points, events);
    }
}
