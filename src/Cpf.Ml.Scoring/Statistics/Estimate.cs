using MathNet.Numerics.Distributions;

namespace Cpf.Ml.Scoring.Statistics;

/// <summary>An estimate of something that is 0 where there is nothing, with what it may be wrong by.</summary>
/// <param name="Value">On a scale on which errors are about normal, as logarithms of ratios are.</param>
/// <param name="StandardError">0 where everything that could differ was seen not to.</param>
/// <param name="Degrees">Of freedom, at least 1: clusters less one.</param>
internal readonly record struct Estimate(double Value, double StandardError, double Degrees)
{
    private const double Power = 0.8;

    /// <summary>Chance of an estimate as far from 0 where there is nothing, two-sided.</summary>
    public double P => StandardError > 0
        ? Math.Clamp(2 * StudentT.CDF(0, 1, Degrees, -Math.Abs(Value) / StandardError), 0, 1) : Value == 0 ? 1 : 0;

    /// <summary>Two one-sided tests: chance of an estimate as near to 0 where the truth is at or beyond the tolerance.
    /// Schuirmann (1987).</summary>
    /// <param name="tolerance">On the scale of the value, above 0.</param>
    public double EquivalenceP(double tolerance) => StandardError > 0
        ? StudentT.CDF(0, 1, Degrees, -(tolerance - Math.Abs(Value)) / StandardError)
        : Math.Abs(Value) < tolerance ? 0 : 1;

    public (double Low, double High) Interval(double level)
    {
        var half = StandardError > 0 ? StandardError * StudentT.InvCDF(0, 1, Degrees, (1 + level) / 2) : 0;
        return (Value - half, Value + half);
    }

    /// <summary>The smallest truth that a test at 5 % finds in four cases of five.</summary>
    public double Detectable => StandardError > 0
        ? StandardError * (StudentT.InvCDF(0, 1, Degrees, 0.975) + StudentT.InvCDF(0, 1, Degrees, Power)) : 0;

    /// <summary>How many times as much data would prove in four cases of five that a truth of 0 is within the
    /// tolerance.</summary>
    public double TimesForEquivalence(double tolerance)
    {
        var wanted = tolerance / (Normal.InvCDF(0, 1, 0.95) + Normal.InvCDF(0, 1, (1 + Power) / 2));
        return StandardError / wanted * (StandardError / wanted);
    }
}
