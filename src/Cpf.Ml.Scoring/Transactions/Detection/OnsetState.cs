using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Scoring.Transactions.Detection;

/// <summary>Rest and escalation: an episode speaks when it begins and when it becomes half as strong again, and is
/// quiet otherwise.</summary>
internal sealed class OnsetState
{
    /// <summary>Below this evidence nothing begins.</summary>
    private const double MinPeak = 1;
    private const double Escalation = 1.5;
    private const double Damping = 0.2;

    /// <summary>Rest is 2 % of the history, but at least half an hour and at most ten at one point a minute.</summary>
    private const double RefractoryShare = 0.02;
    private const int MinRefractory = 30;
    private const int MaxRefractory = 600;

    /// <summary>A series of few points a day gives few chances of a false alarm, one of many gives many: evidence is a
    /// decimal logarithm.</summary>
    private const double RateWeight = 0.3;
    private const double ReferenceRate = 288;

    private double _peak;
    private long _peakAt = long.MinValue / 2;

    public static double Raw(double lateEvidence, double pointsPerDay) =>
        lateEvidence - (RateWeight * Math.Log10(pointsPerDay / ReferenceRate));

    /// <param name="raw"><see cref="Raw"/> of the point.</param>
    /// <param name="count">Values seen before.</param>
    public double After(double raw, long count) => IsRefractory(raw, count) ? Damping * raw : raw;

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
