using Cpf.Ml.Scoring.Models;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Says when a series that should report has gone silent.</summary>
internal static class SilenceJudge
{
    /// <summary>Changes when the same silence could be judged otherwise.</summary>
    public static readonly ModelId Model = new("transactions/no-data", "1");

    /// <summary>Intervals without a point; a scrape or two may be lost without harm.</summary>
    private const int Intervals = 5;

    /// <summary>Nobody is told of a shorter silence.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(2);

    /// <param name="series">A series whose usual interval is known; others are never silent.</param>
    /// <param name="now">By the clock of its source, Unix milliseconds.</param>
    public static bool IsSilent(WatchedSeries series, long now)
    {
        var interval = series.Watch.Detector.Interval;
        if (interval == TimeSpan.Zero || !series.Watch.Detector.IsWarm || series.ReceivedAt == 0)
        {
            return false;
        }

        var patience = Math.Max((Intervals * interval).TotalMilliseconds, Shortest.TotalMilliseconds);
        return now - Math.Max(series.ReceivedAt, series.LastTimestamp) > patience;
    }
}
