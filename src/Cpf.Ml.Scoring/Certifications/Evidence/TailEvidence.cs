namespace Cpf.Ml.Scoring.Certifications.Evidence;

/// <summary>How rare a distance is, as −ln of its tail among all certifications, continued beyond the rarest by the slope of the tail.</summary>
/// <remarks>
/// A distance of eight deviations is common for one feature and unheard of for another. The slope is that between the 90th and the 97th percentile: frauds, which are fewer than three in a hundred, do
/// not make their own tail. Reference: Pickands (1975), <i>Statistical inference using extreme order statistics</i>; an exponential tail is its middle case.
/// </remarks>
internal sealed class TailEvidence
{
    private const double TailFrom = 0.90;
    private const double TailTo = 0.97;

    /// <summary>A smaller distance is no evidence, however few have it.</summary>
    private const double LeastDistance = 1;

    /// <summary>Slope of a normal tail there: no feature is believed to be rarer than that.</summary>
    private const double LeastSlope = 0.35;

    /// <summary>One in three million; beyond, nothing is rarer.</summary>
    private const double Most = 15;

    private readonly double _begin;
    private readonly double _slope;

    /// <param name="distances">Of all certifications; NaN where there is none.</param>
    public TailEvidence(IEnumerable<double> distances)
    {
        var sorted = distances.Where(double.IsFinite).Order().ToArray();
        double At(double share) => sorted.Length == 0 ? 0 : sorted[(int)(share * (sorted.Length - 1))];
        _begin = Math.Max(LeastDistance, At(TailFrom));
        _slope = Math.Max(LeastSlope, (At(TailTo) - At(TailFrom)) / Math.Log((1 - TailFrom) / (1 - TailTo)));
    }

    /// <returns>0 for what one in ten shows or more; otherwise −ln p, at most 15.</returns>
    public double Of(double distance) => distance > _begin ? Math.Min(Most, ((distance - _begin) / _slope) - Math.Log(1 - TailFrom)) : 0;

    /// <summary>The distance from which on there is evidence.</summary>
    public double Begin => _begin;
}
