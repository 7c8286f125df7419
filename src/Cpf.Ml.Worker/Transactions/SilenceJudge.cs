using Cpf.Ml.Scoring.Models;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Decides whether a series that should report has gone silent.</summary>
/// <remarks>
/// It measures the time that passes and not the wall clock, so that a clock change is no silence; a replayed series
/// lives in the time of its replay.
/// </remarks>
internal sealed class SilenceJudge(TimeProvider time)
{
    /// <summary>Changes when the same silence could be judged differently.</summary>
    public static readonly ModelId Model = new("transactions/no-data", "2");

    /// <summary>Intervals without a point; a scrape or two may be lost without harm.</summary>
    public const int Intervals = 5;

    /// <summary>A shorter silence is never reported.</summary>
    private static readonly TimeSpan MinSilence = TimeSpan.FromMinutes(2);

    /// <summary>Factor on the time between deliveries: a job takes longer on some days.</summary>
    private const double Margin = 1.25;

    /// <summary>A weekend and some: a sender that takes longer is reported each time.</summary>
    private static readonly TimeSpan MaxSilence = TimeSpan.FromDays(3);

    /// <summary>After a start senders get this much longer: while nothing answered they backed
    /// off.</summary>
    private static readonly TimeSpan ReturnGrace = TimeSpan.FromMinutes(5);

    private readonly long _began = time.GetTimestamp();

    /// <summary>Other series are never silent: their interval is not known, or they are derived from others.</summary>
    public static bool IsRegular(MonitoredSeries series) => !series.Series.IsJoint
        && series.State.Interval > TimeSpan.Zero && series.State.Monitor.Detector.IsWarm;

    /// <summary>No value of it has come since this process began.</summary>
    public static bool IsUnheard(MonitoredSeries series) => series.State.HeardAt == 0;

    /// <summary>No point for five intervals and when the next delivery is overdue, or nothing but missing values for
    /// longer than the series has been known to go without a value.</summary>
    /// <param name="series">A regular one.</param>
    public bool IsSilent(MonitoredSeries series) =>
        Quiet(series) > Patience(series)
        || Since(series, series.State.HeardAt, series.State.ValuedAt)
            > Longer(Patience(series), series.State.MissingPatience);

    /// <summary>How long no point has come; negative while senders have time to come back after a start.</summary>
    public TimeSpan Quiet(MonitoredSeries series) =>
        Since(series, series.State.ArrivedAt, series.State.LastTimestamp);

    /// <summary>How long nothing came, by the time that passes here; at most since this process began.</summary>
    public TimeSpan Absent(SeriesState state) =>
        time.GetElapsedTime(state.ArrivedAt != 0 ? state.ArrivedAt : _began);

    public static TimeSpan Patience(MonitoredSeries series) => Longer(
        Longer(Intervals * series.State.Interval, MinSilence),
        Shorter(Margin * series.State.DeliveredEvery, MaxSilence));

    /// <summary>Typical time between points or deliveries.</summary>
    public static TimeSpan TypicalInterval(SeriesState state) => Longer(state.Interval, state.DeliveredEvery);

    private TimeSpan Since(MonitoredSeries series, long stamp, long newest) =>
        series.Series.Clock is { } played ? played.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(newest)
        : stamp != 0 ? time.GetElapsedTime(stamp)
        : time.GetElapsedTime(_began) - ReturnGrace;

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private static TimeSpan Longer(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
