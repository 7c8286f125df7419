using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Scoring.Transactions.Detection;

/// <summary>The observed rate of p-values at or below a nominal one; calibrated p-values have the same rate.</summary>
/// <param name="Nominal">In (0, 1).</param>
/// <param name="Observed">Share of points with a p-value at or below it, in [0, 1]; NaN before any.</param>
/// <param name="Count">Number of points.</param>
public readonly record struct CalibrationRate(double Nominal, double Observed, long Count);

/// <summary>Counts p-values at or below nominal rates, to check the calibration.</summary>
internal sealed class CalibrationCount
{
    private static readonly double[] Nominal = [0.1, 0.01, 0.001, 0.0001];
    private readonly long[] _counts = new long[Nominal.Length + 1];

    /// <summary>Counts a point.</summary>
    /// <param name="pValue">In (0, 1].</param>
    public void Add(double pValue)
    {
        _counts[^1]++;
        for (var i = 0; i < Nominal.Length; i++)
        {
            _counts[i] += pValue <= Nominal[i] ? 1 : 0;
        }
    }

    /// <summary>The rate at each nominal p-value, largest first.</summary>
    public IReadOnlyList<CalibrationRate> Rates() =>
        [.. Nominal.Select(
            (nominal, i) => new CalibrationRate(nominal, (double)_counts[i] / _counts[^1], _counts[^1]))];

    public void Write(StateWriter writer) => writer.Array<long>(_counts);

    public void Read(ref StateReader reader) => reader.Array<long>(_counts);
}
