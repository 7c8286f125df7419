namespace Cpf.Ml.Scoring.Certifications.Evidence;

/// <summary>How rare a distance is, as −ln of its tail among all certifications, continued beyond the rarest by the
/// slope of the tail.</summary>
/// <remarks>
/// A distance of eight deviations is common for one feature and unheard of for another. From the 90th percentile on the
/// tail is straight to the 97th, from there to the 98.5th, and goes on as there: one certification in a hundred at most
/// has a fraud that a feature sees, and does not make the tail that it is measured by. Where three in a hundred are far
/// out for honest reasons, the last piece reflects it. Reference: Pickands (1975), <i>Statistical inference using
/// extreme order statistics</i>; an exponential tail is its middle case.
/// </remarks>
internal sealed class TailEvidence
{
    private const double TailFrom = 0.90;
    private const double TailTo = 0.97;
    private const double TailFar = 0.985;

    /// <summary>Certifications beyond the farthest percentile, at least: fewer give no slope.</summary>
    private const double MinBeyond = 10;

    /// <summary>A smaller distance is no evidence, however few have it.</summary>
    private const double MinDistance = 1;

    /// <summary>Slope of a normal tail there: no feature is believed to be rarer than that.</summary>
    private const double MinSlope = 0.35;

    /// <summary>One in three million; beyond, nothing is rarer.</summary>
    private const double MaxEvidence = 15;

    private readonly double _threshold;
    private readonly double _slope;
    private readonly double _far;
    private readonly double _ofFar;
    private readonly double _farSlope;

    /// <param name="distances">Of all certifications; NaN where there is none.</param>
    public TailEvidence(IEnumerable<double> distances)
    {
        var sorted = distances.Where(double.IsFinite).Order().ToArray();
        double At(double share) => sorted.Length == 0 ? 0 : sorted[(int)(share * (sorted.Length - 1))];
        _threshold = Math.Max(MinDistance, At(TailFrom));
        _slope = Math.Max(MinSlope, (At(TailTo) - At(TailFrom)) / Math.Log((1 - TailFrom) / (1 - TailTo)));
        var beyond = Math.Max(1 - TailFar, MinBeyond / Math.Max(1, sorted.Length));
        (_far, _ofFar, _farSlope) = beyond < 1 - TailTo
            ? (Math.Max(_threshold, At(1 - beyond)), -Math.Log(beyond),
                Math.Max(MinSlope, (At(1 - beyond) - At(TailTo)) / Math.Log((1 - TailTo) / beyond)))
            : (double.PositiveInfinity, MaxEvidence, _slope);
    }

    /// <returns>0 for what one in ten shows or more; otherwise −ln p, at most 15.</returns>
    public double Surprisal(double distance) =>
        distance <= _threshold ? 0
        : distance <= _far ? Math.Min(_ofFar, ((distance - _threshold) / _slope) - Math.Log(1 - TailFrom))
        : Math.Min(MaxEvidence, ((distance - _far) / _farSlope) + _ofFar);

    /// <summary>The distance from which on there is evidence.</summary>
    public double Threshold => _threshold;
}
