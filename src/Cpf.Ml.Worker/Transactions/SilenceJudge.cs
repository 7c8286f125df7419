using Cpf.Ml.Scoring.Models;
using Cpf.Ml.Scoring.Transactions;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Says when a series that should report has gone silent.</summary>
/// <remarks>
/// Time is what passes and not what the wall clock says, so that a clock that is set is no silence; a replayed series
/// lives in the time of its replay.
/// </remarks>
internal sealed class SilenceJudge(TimeProvider time)
{
    /// <summary>Changes when the same silence could be judged otherwise.</summary>
    public static readonly ModelId Model = new("transactions/no-data", "2");

    /// <summary>Intervals without a point; a scrape or two may be lost without harm.</summary>
    public const int Intervals = 5;

    /// <summary>Nobody is told of a shorter silence.</summary>
    private static readonly TimeSpan MinSilence = TimeSpan.FromMinutes(2);

    /// <summary>Of the time between deliveries: a job takes longer on some days.</summary>
    private const double Margin = 1.25;

    /// <summary>A weekend and some: a sender that takes longer is told each time.</summary>
    private static readonly TimeSpan MaxSilence = TimeSpan.FromDays(3);

    /// <summary>After a start senders get this much longer: while nobody answered they paused longer and
    /// longer.</summary>
    private static readonly TimeSpan Return = TimeSpan.FromMinutes(5);

    private readonly long _began = time.GetTimestamp();

    /// <summary>Notes that a point came now.</summary>
    public void Hear(WatchedSeries series, in Observation point)
    {
        series.ArrivedAt = time.GetTimestamp();
        series.Receive(time.GetUtcNow().ToUnixTimeMilliseconds(), point);
        if (Rhythm.IsValue(point))
        {
            series.HeardAt = series.ArrivedAt;
        }
    }

    /// <summary>Others are never silent: nobody knows how often they should come, or they are made of others.</summary>
    public static bool IsRegular(WatchedSeries series) =>
        !series.Entry.IsJoint && series.Interval > TimeSpan.Zero && series.Watch.Detector.IsWarm;

    /// <summary>Nothing is known of it since this process began.</summary>
    public static bool IsUnheard(WatchedSeries series) => series.HeardAt == 0;

    /// <summary>No point for five intervals and when the next delivery is overdue, or nothing but missing values for
    /// longer than the series is known to go without.</summary>
    /// <param name="series">A regular one.</param>
    public bool IsSilent(WatchedSeries series) =>
        Quiet(series) > Patience(series)
        || Since(series, series.HeardAt, series.ValuedAt) > Longer(Patience(series), series.MissingPatience);

    /// <summary>How long no point has come; negative while senders have time to come back after a start.</summary>
    public TimeSpan Quiet(WatchedSeries series) => Since(series, series.ArrivedAt, series.LastTimestamp);

    /// <summary>How long nothing came, by the time that passes here; at most since this process began.</summary>
    public TimeSpan Absent(WatchedSeries series) =>
        time.GetElapsedTime(series.ArrivedAt != 0 ? series.ArrivedAt : _began);

    public static TimeSpan Patience(WatchedSeries series) =>
        Longer(Longer(Intervals * series.Interval, MinSilence), Shorter(Margin * series.DeliveredEvery, MaxSilence));

    /// <summary>How often something usually comes of it.</summary>
    public static TimeSpan Usual(WatchedSeries series) => Longer(series.Interval, series.DeliveredEvery);

    private TimeSpan Since(WatchedSeries series, long stamp, long newest) =>
        series.Entry.Clock is { } played ? played.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(newest)
        : stamp != 0 ? time.GetElapsedTime(stamp)
        : time.GetElapsedTime(_began) - Return;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
