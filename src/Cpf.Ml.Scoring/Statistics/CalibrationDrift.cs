namespace Cpf.Ml.Scoring.Statistics;

/// <summary>Watches how often p-values really come, lately, and mends them where they no longer keep their
/// word.</summary>
/// <remarks>
/// <para>
/// A past fades slowly, so that rare values can be told apart; when a series becomes noisier its p-values come too
/// often until the past has been outnumbered. For each of three rates the share of points at or below it is followed
/// over about a hundred that are promised: long enough that one incident changes it by a tenth, short enough that a
/// change is seen in days.
/// </para>
/// <para>
/// Up to a factor of √2 nothing is mended, from 2 on all of it, in between a part, so that no p-value jumps. Between
/// rates the correction is linear in logarithms; rarer ones are mended as the rarest. Only what comes too often is
/// mended: p-values that come too seldom cost no false alert, and sharpening them cost more of those than it found.
/// Memory 24 bytes, O(1).
/// </para>
/// </remarks>
internal sealed class CalibrationDrift
{
    private const int Rates = 3;
    private const double Promised = 100;

    private const double Tolerated = 1.41;
    private const double Untolerated = 2;

    /// <summary>From one rate to the next, which is a decade rarer.</summary>
    private const double LargestRise = 0.9;

    private static readonly double[] Nominal = [0.1, 0.01, 0.001];
    private readonly double[] _observed = [.. Nominal];

    /// <summary>The exponent of ten by which p-values at each rate are raised; follows from the rates
    /// observed.</summary>
    private readonly double[] _shift = new double[Rates];
    private bool _inUse;

    /// <param name="pValue">In (0, 1], as it was before it was mended.</param>
    public void Add(double pValue)
    {
        for (var i = 0; i < Rates; i++)
        {
            var hit = pValue <= Nominal[i] ? 1 : 0;
            _observed[i] += (hit - _observed[i]) * Nominal[i] / Promised;
        }

        Follow();
    }

    /// <param name="pValue">In (0, 1].</param>
    /// <returns>In (0, 1].</returns>
    public double Mend(double pValue)
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
        Follow();
    }

    private void Follow()
    {
        _inUse = false;
        for (var i = 0; i < Rates; i++)
        {
            var ratio = _observed[i] / Nominal[i];
            if (ratio <= Tolerated)
            {
                _shift[i] = 0;
                continue;
            }

            var share = Math.Min(1, Math.Log(ratio / Tolerated) / Math.Log(Untolerated / Tolerated));
            _shift[i] = share * Math.Log10(ratio);
            _inUse = true;
        }

        // A rarer value stays the rarer one.
        for (var i = 0; _inUse && i < Rates; i++)
        {
            _shift[i] = Math.Min(_shift[i], (i == 0 ? 0 : _shift[i - 1]) + LargestRise);
        }
    }
}
