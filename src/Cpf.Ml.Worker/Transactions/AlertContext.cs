using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Alerts;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Adds to alerts that open what only the store knows: the same moment of the previous weeks.</summary>
/// <remarks>Read once in the life of an alert, for its begin; later reports keep it
/// (<see cref="AlertMerge"/>).</remarks>
internal sealed class AlertContext(PointHistory history, TransactionsSettings settings)
{
    private const int Weeks = 4;

    /// <summary>The nearest point, if it is not further away than this.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(10);

    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(settings.Zone);

    /// <summary>One read for all: a thousand series that fail together must not cost a thousand.</summary>
    public async Task<IReadOnlyList<AlertChange>> CompleteAsync(
        IReadOnlyList<AlertChange> changes, CancellationToken cancellationToken)
    {
        var moments = changes.Where(change => change.Transition == AlertTransition.Open)
            .SelectMany(change => Moments(change.Alert))
            .ToList();
        if (moments.Count == 0)
        {
            return changes;
        }

        var hours = await history.FindAsync([.. moments.SelectMany(Hours)], cancellationToken);
        var past = moments.ToLookup(moment => moment.Alert, moment => Nearest(moment, hours));
        return
        [
            .. changes.Select(change => change.Transition == AlertTransition.Open
                ? change with { Alert = WithPast(change.Alert, past[change.Alert.Id].OfType<PastMoment>()) }
                : change),
        ];
    }

    private static Alert WithPast(Alert alert, IEnumerable<PastMoment> past) =>
        alert with { Document = alert.Document with { PastWeeks = [.. past] } };

    private IEnumerable<Moment> Moments(Alert alert)
    {
        var series = unchecked((long)Convert.ToUInt64(alert.SeriesId, 16));
        return Enumerable.Range(1, Weeks).Select(week => new Moment(
            alert.Id, series, WallClock.WeeksBefore(alert.Document.Since, week, _zone).ToUnixTimeMilliseconds()));
    }

    /// <summary>The one or two hours that hold what lies around a moment.</summary>
    private static IEnumerable<(long SeriesId, long Hour)> Hours(Moment moment) =>
        new[] { moment.At - (long)Tolerance.TotalMilliseconds, moment.At + (long)Tolerance.TotalMilliseconds }
            .Select(edge => (moment.SeriesId, HourBlock.BeginOf(edge)))
            .Distinct();

    private static PastMoment? Nearest(Moment moment, IReadOnlyDictionary<(long SeriesId, long Hour), byte[]> hours)
    {
        var near = Hours(moment)
            .Where(hours.ContainsKey)
            .SelectMany(hour => HourBlock.Decode(hour.Hour, hours[hour]))
            .Where(point => float.IsFinite(point.Value)
                && Math.Abs(point.Timestamp - moment.At) <= Tolerance.TotalMilliseconds)
            .ToList();
        return near.Count == 0 ? null : near.MinBy(point => Math.Abs(point.Timestamp - moment.At)) is var point
            ? new PastMoment(DateTimeOffset.FromUnixTimeMilliseconds(point.Timestamp), point.Value)
            : null;
    }

    private readonly record struct Moment(string Alert, long SeriesId, long At);
}
