namespace Cpf.Ml.Scoring.Statistics;

/// <summary>Tracks the exceedance rate of p-values over the recent past and recalibrates those that come too
/// often.</summary>
/// <remarks>
/// <para>
/// The calibration window fades slowly, so that rare values can be told apart; when a series becomes noisier its
/// p-values come too often until the old values are outnumbered. For each of three rates the share of points at or
/// below it is averaged exponentially over the time in which 100 hits are expected: long enough that one incident
/// changes it by a tenth, short enough that a change is seen in days.
/// </para>
/// <para>
/// Up to a factor of √2 nothing is corrected, from 2 on all of it, in between a part, so that no p-value jumps. Between
/// rates the correction is linear in logarithms; rarer p-values are corrected as the rarest rate. Only p-values that
/// come too often are corrected: those that come too seldom cost no false alert, and sharpening them cost more of those
/// than it found. Memory 24 bytes, O(1).
/// </para>
/// </remarks>
internal sealed class CalibrationDrift
{
    private const int Rates = 3;

    /// <summary>Time constant of the average: as many points as give this many hits at the nominal rate.</summary>
    private const double ExpectedHits = 100;

    /// <summary>Observed ÷ nominal rate up to which nothing is corrected, and from which all of it is.</summary>
    private const double ToleratedRatio = 1.41;
    private const double FullCorrectionRatio = 2;

    /// <summary>Growth of the correction from one rate to the next, which is a decade rarer.</summary>
    private const double MaxRise = 0.9;

    private static readonly double[] Nominal = [0.1, 0.01, 0.001];
    private readonly double[] _observed = [.. Nominal];

    /// <summary>Exponent of ten by which p-values at each rate are raised; follows from the observed rates.</summary>
    private readonly double[] _shift = new double[Rates];
    private bool _inUse;

    /// <summary>Updates the observed rates.</summary>
    /// <param name="pValue">The raw p-value, in (0, 1].</param>
    public void Add(double pValue)
    {
        for (var i = 0; i < Rates; i++)
        {
            var hit = pValue <= Nominal[i] ? 1 : 0;
            _observed[i] += (hit - _observed[i]) * Nominal[i] / ExpectedHits;
        }

        UpdateShifts();
    }

    /// <summary>The p-value with the correction of its rate; monotone in the raw one.</summary>
    /// <param name="pValue">The raw p-value, in (0, 1].</param>
    /// <returns>In (0, 1], never below the raw p-value.</returns>
    public double Recalibrate(double pValue)
    {
        if (!_inUse || pValue >= 1)
        {
            return pValue;
        }

        // Decades of rarity: the rates lie at 1, 2 and 3.
        var decades = -Math.Log10(pValue);
        var left = Math.Min(Rates, (int)decades);
        var (from, to) = (left == 0 ? 0 : _shift[left - 1], left == Rates ? _shift[^1] : _shift[left]);
        var shift = from + ((to - from) * Math.Min(1, decades - left));
        return Math.Min(1, pValue * Math.Pow(10, shift));
    }

    public void Write(StateWriter writer) => writer.Array<double>(_observed);

    public void Read(ref StateReader reader)
    {
        reader.Array<double>(_observed);
        UpdateShifts();
    }

    private void UpdateShifts()
    {
        _inUse = false;
        for (var i = 0; i < Rates; i++)
        {
            var ratio = _observed[i] / Nominal[i];
            if (ratio <= ToleratedRatio)
            {
                _shift[i] = 0;
                continue;
            }

            var share = Math.Min(1, Math.Log(ratio / ToleratedRatio) / Math.Log(FullCorrectionRatio / ToleratedRatio));
            _shift[i] = share * Math.Log10(ratio);
            _inUse = true;
        }

        // A rise of less than a decade keeps the order of p-values.
        for (var i = 0; _inUse && i < Rates; i++)
        {
            _shift[i] = Math.Min(_shift[i], (i == 0 ? 0 : _shift[i - 1]) + MaxRise);
        }
    }
}
