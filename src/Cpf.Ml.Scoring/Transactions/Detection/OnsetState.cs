using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Scoring.Transactions.Detection;

/// <summary>The onset score: evidence at the start of an episode and at its escalation by half, damped during the
/// refractory period in between.</summary>
internal sealed class OnsetState
{
    /// <summary>Evidence that starts an episode.</summary>
    private const double MinPeak = 1;
    private const double Escalation = 1.5;
    private const double Damping = 0.2;

    /// <summary>The refractory period is 2 % of the history, at least 30 points and at most 600: half an hour and ten
    /// hours at one point a minute.</summary>
    private const double RefractoryShare = 0.02;
    private const int MinRefractory = 30;
    private const int MaxRefractory = 600;

    /// <summary>Correction for the number of chances of a false alarm a day, in decades of evidence for a decade of
    /// points.</summary>
    private const double RateWeight = 0.3;
    private const double ReferenceRate = 288;

    private double _peak;
    private long _peakAt = long.MinValue / 2;

    /// <summary>Evidence corrected for the points a day.</summary>
    public static double Raw(double lateEvidence, double pointsPerDay) =>
        lateEvidence - (RateWeight * Math.Log10(pointsPerDay / ReferenceRate));

    /// <summary>The onset score of a point.</summary>
    /// <param name="raw"><see cref="Raw"/> of the point.</param>
    /// <param name="count">Values learned before.</param>
    public double After(double raw, long count) => IsRefractory(raw, count) ? Damping * raw : raw;

    /// <summary>Starts the refractory period at the peak of an episode.</summary>
    public void Learn(double raw, long count)
    {
        if (raw > MinPeak && !IsRefractory(raw, count))
        {
            (_peak, _peakAt) = (raw, count);
        }
    }

    public void Write(StateWriter writer)
    {
        writer.Double(_peak);
        writer.Int64(_peakAt);
    }

    public void Read(ref StateReader reader)
    {
        _peak = reader.Double();
        _peakAt = reader.Int64();
    }

    private bool IsRefractory(double raw, long count) =>
        count - _peakAt < Math.Clamp(RefractoryShare * count, MinRefractory, MaxRefractory) && raw < Escalation * _peak;
}
