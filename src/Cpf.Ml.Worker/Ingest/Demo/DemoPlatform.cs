using Cpf.Ml.Scoring.Transactions;

namespace Cpf.Ml.Worker.Ingest.Demo;

/// <summary>What the imagined platform did in any minute: the same answer however often and in whatever order it is asked. One user.</summary>
/// <param name="liveStart">When the incidents begin, Unix milliseconds.</param>
internal sealed class DemoPlatform(int seed, long liveStart)
{
    private const long MinuteLength = 60_000;

    private readonly DemoCalendar _calendar = new();

    /// <returns>Null when the operation reports nothing.</returns>
    public TransactionMinute? Of(DemoOperation operation, int number, long minute)
    {
        var incident = DemoIncident.At(operation.Group, (minute - liveStart) / MinuteLength - (minute < liveStart ? 1 : 0));
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

        // A busy platform is a little slower. Quantiles of few transactions are noisier than those of many.
        var median = operation.Median * (1 + (0.25 * busy)) * incident.Slower;
        return new TransactionMinute(
            operation.Group,
            minute,
            count,
            Math.Min(count, chance.Count(count * Math.Min(1, operation.ErrorRate + incident.Errors))),
            Quantile(median, operation.Spread, 0, 1.25, count, ref chance),
            Quantile(median, operation.Spread, 1.645, 2.1, count, ref chance),
            Quantile(median, operation.Spread, 2.326, 3.7, count, ref chance));
    }

    /// <summary>Of a log-normal duration, with the sampling error of a quantile of <paramref name="count"/> values.</summary>
    /// <param name="deviations">Where the quantile lies in a standard normal distribution.</param>
    /// <param name="error">Standard error of that quantile for one value.</param>
    private static double Quantile(double median, double spread, double deviations, double error, long count, ref DemoChance chance) =>
        median * Math.Exp(spread * (deviations + (error / Math.Sqrt(count) * chance.Normal())));
}
