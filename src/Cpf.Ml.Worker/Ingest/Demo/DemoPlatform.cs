using Cpf.Ml.Scoring.Transactions.Minutes;

namespace Cpf.Ml.Worker.Ingest.Demo;

/// <summary>Generates any minute of the imagined platform, reproducibly and in any order. Not thread-safe.</summary>
/// <param name="liveStart">When the incidents begin, Unix milliseconds.</param>
internal sealed class DemoPlatform(int seed, long liveStart)
{
    private const long MinuteLength = 60_000;

    private readonly DemoCalendar _calendar = new();

    /// <returns>Null when the operation reports nothing.</returns>
    public TransactionMinute? Minute(DemoOperation operation, int number, long minute)
    {
        var incident =
            DemoIncident.At(operation.Group, (minute - liveStart) / MinuteLength - (minute < liveStart ? 1 : 0));
        if (incident.Silent)
        {
            return null;
        }

        var chance = new DemoChance(seed, number, minute / MinuteLength);
        var busy = operation.AtNight + ((1 - operation.AtNight) * _calendar.BusyAt(minute));
        var count = chance.Count(operation.PerMinute * busy * incident.Volume);
        if (count == 0)
        {
            return new TransactionMinute(operation.Group, minute, 0, 0, double.NaN, double.NaN, double.NaN);
        }

        // A busy platform is a little slower.
        var median = operation.Median * (1 + (0.25 * busy)) * incident.Slower;
        var failures = Math.Min(count, chance.Count(count * Math.Min(1, operation.ErrorRate + incident.Errors)));
        var (p50, p95, p99) = DemoDurations.Quantiles(count, ref chance);
        return new TransactionMinute(operation.Group, minute, count, failures, At(p50), At(p95), At(p99))
        {
            Examples = operation.Group.IsWhole
                ? DemoExamples.Draw(operation, minute,
                    minute < liveStart ? Math.Min(count, 4) : count, median, (double)failures / count, ref chance)
                : TransactionExamples.None,
        };

        double At(double deviations) => median * Math.Exp(operation.Spread * deviations);
    }
}
