using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Scoring.Transactions.Detection;

/// <param name="Nominal">A p-value.</param>
/// <param name="Observed">Share of points with a p-value at or below it; NaN before any.</param>
/// <param name="Count">Points behind it.</param>
public readonly record struct CalibrationRate(double Nominal, double Observed, long Count);

/// <summary>Counts how often p-values at or below a nominal rate come: a calibrated score keeps its promise.</summary>
internal sealed class CalibrationCount
{
    private static readonly double[] Nominal = [0.1, 0.01, 0.001, 0.0001];
    private readonly long[] _counts = new long[Nominal.Length + 1];

    /// <param name="pValue">Of a point.</param>
    public void Add(double pValue)
    {
        _counts[^1]++;
        for (var i = 0; i < Nominal.Length; i++)
        {
            _counts[i] += pValue <= Nominal[i] ? 1 : 0;
        }
    }

    public IReadOnlyList<CalibrationRate> Rates() =>
        [.. Nominal.Select(
            (nominal, i) => new CalibrationRate(nominal, (double)_counts[i] / _counts[^1], _counts[^1]))];

    public void Write(StateWriter writer) => writer.Array<long>(_counts);

    public void Read(ref StateReader reader) => reader.Array<long>(_counts);
}
