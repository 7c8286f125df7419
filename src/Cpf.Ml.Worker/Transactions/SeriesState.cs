using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Evidence;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>All that is kept of one series in memory. Its partition alone writes it, under
/// <see cref="Partition.Gate"/>; others read single fields, each whole.</summary>
internal sealed partial class SeriesState(SeriesIdentity identity, SeriesMonitor monitor)
{
    private SeriesInput _input;
    private Rhythm _rhythm;
    private Deliveries _deliveries;
    private double _alertEvidence;

    public SeriesIdentity Identity { get; } = identity;

    public SeriesMonitor Monitor { get; } = monitor;

    /// <summary>The trained model that the detector started from, <c>transactions@version</c>; empty when it started
    /// cold.</summary>
    public string Model { get; init; } = "";

    /// <summary>The source that brought the newest sample; empty before the first, and in a state of version
    /// 1.</summary>
    public string Source { get; set; } = "";

    /// <summary>What its samples are: values, totals of a counter, or sums and counts, which both are
    /// <see cref="SamplePart.Sum"/> here.</summary>
    public SamplePart Treatment { get; init; }

    /// <summary>When another kind of samples last restarted the detector, as <see cref="TimeProvider.GetTimestamp"/>
    /// has it; null when none has since this process began.</summary>
    public long? KindChangedAt { get; init; }

    /// <summary>The current hour; earlier ones are in the store.</summary>
    public HourBlock Hour { get; } = new();

    public RecentScores Scores { get; } = new();

    /// <summary>Newest point, Unix milliseconds; 0 before the first.</summary>
    public long LastTimestamp { get; private set; }

    /// <summary>Newest point with a value, Unix milliseconds; 0 before the first.</summary>
    public long ValuedAt => _rhythm.ValuedAt;

    /// <summary>When the newest point came, as <see cref="TimeProvider.GetTimestamp"/> has it; 0 when none has since
    /// this process began.</summary>
    public long ArrivedAt { get; private set; }

    /// <summary>The same of the newest point with a value.</summary>
    public long HeardAt { get; private set; }

    /// <summary>When the newest point came, by the clock of this host, Unix milliseconds.</summary>
    public long ReceivedAt { get; private set; }

    public double LastValue { get; private set; } = double.NaN;

    public double LastExpected { get; private set; } = double.NaN;

    /// <summary>0–100.</summary>
    public double LastScore { get; private set; }

    /// <summary>Median time between recent points; zero while it is not known.</summary>
    public TimeSpan Interval =>
        _rhythm.Interval is > 0 and var own ? TimeSpan.FromMilliseconds(own) : Monitor.Detector.Interval;

    /// <summary>As <see cref="Deliveries.Interval"/>.</summary>
    public TimeSpan DeliveredEvery => TimeSpan.FromMilliseconds(_deliveries.Interval);

    /// <summary>As <see cref="Rhythm.MissingPatience"/>.</summary>
    public TimeSpan MissingPatience => TimeSpan.FromMilliseconds(_rhythm.MissingPatience);

    /// <summary>By <see cref="Interval"/>; the detector's guess before it is known.</summary>
    public double PointsPerDay =>
        _rhythm.Interval is > 0 and var own ? Math.Max(4, 86_400_000 / own) : Monitor.Detector.PointsPerDay;

    /// <summary>The alert that the points so far came to, as it was last published; null when none is open.</summary>
    public OpenAlert? Alert { get; set; }

    /// <summary>Whether something changed since the last checkpoint.</summary>
    public bool IsDirty { get; set; }

    public static SamplePart Treat(SamplePart part) => part == SamplePart.Count ? SamplePart.Sum : part;

    /// <param name="refused">Why the sample was not accepted, late or a repetition; null when it was.</param>
    /// <returns>Whether the sample makes a point.</returns>
    public bool TryPoint(in Sample sample, out Observation point, out Rejection? refused)
    {
        refused = _input.Check(sample, LastTimestamp);
        point = default;
        return refused is null && _input.TryTake(sample, out point);
    }

    /// <summary>Continues a history that the detector was trained on.</summary>
    /// <param name="end">Newest point of the history, Unix milliseconds: earlier ones are late.</param>
    /// <param name="stamp">Now, as <see cref="TimeProvider.GetTimestamp"/> has it: a total makes no point before the
    /// next one, but the series is heard.</param>
    public void ContinueFrom(long end, long stamp)
    {
        LastTimestamp = end;
        _rhythm = Rhythm.From(end);
        (ArrivedAt, HeardAt) = (stamp, stamp);
    }

    /// <summary>Notes when a sample came, which a checkpoint keeps.</summary>
    /// <param name="now">By the clock of this host, Unix milliseconds.</param>
    public void Receive(long now) => ReceivedAt = now;

    /// <summary>Notes that a point came.</summary>
    /// <param name="now">By the clock of this host, Unix milliseconds.</param>
    /// <param name="stamp">The same instant as <see cref="TimeProvider.GetTimestamp"/> has it.</param>
    public void Receive(in Observation point, long now, long stamp)
    {
        Receive(now);
        ArrivedAt = stamp;
        HeardAt = Rhythm.IsValue(point) ? stamp : HeardAt;
        _deliveries.Add(now, point.Timestamp, Interval);
    }

    /// <summary>Keeps a scored point.</summary>
    public void Keep(in Observation point, in PointAssessment assessment)
    {
        LastTimestamp = point.Timestamp;
        LastValue = point.Value;
        LastExpected = assessment.Expected;
        LastScore = assessment.Score.Percent;
        _rhythm.Add(point);
        Scores.Add(point.Timestamp, LastScore);
        Hour.Add(new ScoredPoint(
            point.Timestamp,
            (float)point.Value,
            (float)assessment.Expected,
            (float)assessment.Lower99,
            (float)assessment.Upper99,
            (float)assessment.Lower999,
            (float)assessment.Upper999,
            (float)LastScore,
            Monitor.Rule.IsOpen));
    }
}
