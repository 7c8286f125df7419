using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Minutes;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Ingest.Pipeline;

/// <summary>Samples sent together, each validated when it is added. One writer.</summary>
/// <param name="latest">Samples after this are refused; Unix milliseconds.</param>
internal sealed class IntakeBatch(SeriesCatalog catalog, long latest)
{
    /// <summary>2000-01-01 UTC, in Unix milliseconds.</summary>
    private const long Earliest = 946_684_800_000;

    private readonly int[] _rejected = new int[Rejections.Names.Length];

    public List<Sample> Samples { get; } = [];

    /// <summary>Minutes with examples of single transactions, to be judged when the samples are.</summary>
    public List<TransactionMinute> Minutes { get; } = [];

    /// <summary>Newest accepted timestamp, Unix milliseconds; 0 when there is none.</summary>
    public long Newest { get; private set; }

    public ReadOnlySpan<int> Rejected => _rejected;

    /// <summary>Counts a rejection; it is added to the source's counts when the batch is submitted.</summary>
    public void Reject(Rejection reason) => _rejected[(int)reason]++;

    /// <summary>Counts a rejection, if there is one.</summary>
    public void Count(Rejection? refused)
    {
        if (refused is { } reason)
        {
            Reject(reason);
        }
    }

    /// <param name="timestamp">Unix milliseconds.</param>
    /// <param name="value">NaN when it is missing: the series ended, or there was nothing to divide by. That makes no
    /// series known.</param>
    /// <param name="volume"> Attempts behind an error rate, NaN when unknown. 0 beside a missing value says that there
    /// was nothing to measure, which is no loss. </param>
    /// <returns>Null when the sample was accepted; otherwise why not, for the caller to count.</returns>
    public Rejection? Add(SeriesTarget target, long timestamp, double value, double volume = double.NaN) =>
        CheckValue(target, value, volume) ?? AddSample(target, timestamp, value, volume);

    private Rejection? AddSample(SeriesTarget target, long timestamp, double value, double volume)
    {
        if (timestamp > latest || timestamp < Earliest)
        {
            return timestamp > latest ? Rejection.Future : Rejection.TooOld;
        }

        var isMissing = double.IsNaN(value);
        if ((isMissing ? catalog.Find(target.Identity.Id) : catalog.Admit(target.Series)) is null)
        {
            return isMissing ? Rejection.UnknownSeries : Rejection.Limit;
        }

        Samples.Add(new Sample(target.Series, target.Part, timestamp, value, volume));
        Newest = Math.Max(Newest, timestamp);
        return null;
    }

    private static Rejection? CheckValue(SeriesTarget target, double value, double volume)
    {
        if (double.IsInfinity(value) || double.IsInfinity(volume))
        {
            return Rejection.Infinite;
        }

        var mayBeNegative = target.Series.Kind == MetricKind.Gauge && target.Part == SamplePart.Value;
        return (value < 0 && !mayBeNegative) || volume < 0 ? Rejection.Negative
            : target.Series.Kind == MetricKind.ErrorRate && value > 1 ? Rejection.OutOfRange
            : null;
    }
}
