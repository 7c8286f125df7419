using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring.Transactions.Alerting;
using Cpf.Ml.Scoring.Transactions.Evidence;
using Cpf.Ml.Worker.Ingest.Pipeline;
using Cpf.Ml.Worker.Ingest.Series;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>One series with all that is kept of it in memory. Belongs to one partition; others read single fields, each
/// whole.</summary>
internal sealed partial class WatchedSeries
{
    private SeriesInput _input;
    private Rhythm _rhythm;
    private Deliveries _deliveries;
    private double _alertEvidence;

    public WatchedSeries(SeriesEntry entry, SeriesMonitor watch)
    {
        Entry = entry;
        Watch = watch;
    }

    public SeriesEntry Entry { get; }

    public SeriesMonitor Watch { get; }

    /// <summary>What its samples are: values, totals of a counter, or sums and counts, which both say
    /// <see cref="SamplePart.Sum"/>.</summary>
    public SamplePart Treatment { get; init; }

    /// <summary>The current hour; earlier ones are in the store.</summary>
    public HourBlock Hour { get; } = new();

    public RecentScores Scores { get; } = new();

    /// <summary>Newest point, Unix milliseconds; 0 before the first.</summary>
    public long LastTimestamp { get; private set; }

    /// <summary>Newest point with a value, Unix milliseconds; 0 before the first.</summary>
    public long ValuedAt => _rhythm.ValuedAt;

    /// <summary>When the newest point came, as <see cref="TimeProvider.GetTimestamp"/> has it; 0 when none has since
    /// this process began.</summary>
    public long ArrivedAt { get; set; }

    /// <summary>The same of the newest point with a value.</summary>
    public long HeardAt { get; set; }

    /// <summary>When the newest point came, by the clock of this host, Unix milliseconds.</summary>
    public long ReceivedAt { get; set; }

    public double LastValue { get; private set; } = double.NaN;

    public double LastExpected { get; private set; } = double.NaN;

    public double LastScore { get; private set; }

    /// <summary>Usual time between points, of late; zero while it is not known.</summary>
    public TimeSpan Interval =>
        _rhythm.Interval is > 0 and var own ? TimeSpan.FromMilliseconds(own) : Watch.Detector.Interval;

    /// <summary>As <see cref="Deliveries.Usual"/>.</summary>
    public TimeSpan DeliveredEvery => TimeSpan.FromMilliseconds(_deliveries.Usual);

    /// <summary>As <see cref="Rhythm.MissingPatience"/>.</summary>
    public TimeSpan MissingPatience => TimeSpan.FromMilliseconds(_rhythm.MissingPatience);

    /// <summary>By <see cref="Interval"/>; the detector's guess before it is known.</summary>
    public double PointsPerDay =>
        _rhythm.Interval is > 0 and var own ? Math.Max(4, 86_400_000 / own) : Watch.Detector.PointsPerDay;

    /// <summary>The alert that the points so far came to, as it was last published; null when none is open.</summary>
    public OpenAlert? Alert { get; set; }

    /// <summary>Something changed since the last checkpoint.</summary>
    public bool IsDirty { get; set; }

    /// <summary>Whether the sample is of what the detector was taught.</summary>
    public bool Measures(in Sample sample) => sample.Kind == Entry.Kind && Treat(sample.Part) == Treatment;

    public static SamplePart Treat(SamplePart part) => part == SamplePart.Count ? SamplePart.Sum : part;

    /// <param name="refused">Why the sample was not taken, late or a repetition; null when it was.</param>
    /// <returns>Whether the sample makes a point.</returns>
    public bool TryPoint(in Sample sample, out Observation point, out Rejection? refused)
    {
        refused = _input.Check(sample, LastTimestamp);
        point = default;
        return refused is null && _input.TryTake(sample, out point);
    }

    /// <summary>Notes that a point came.</summary>
    /// <param name="now">By the clock of this host, Unix milliseconds.</param>
    public void Receive(long now, in Observation point)
    {
        ReceivedAt = now;
        _deliveries.Take(now, point.Timestamp, Interval);
    }

    public void Keep(in Observation point, in PointAssessment assessment)
    {
        LastTimestamp = point.Timestamp;
        LastValue = point.Value;
        LastExpected = assessment.Expected;
        LastScore = assessment.Score.Percent;
        IsDirty = true;
        _rhythm.Take(point);
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
            Watch.Rule.IsOpen));
    }
}
