using MathNet.Numerics.Distributions;

namespace Cpf.Ml.Scoring.Statistics;

/// <summary>An estimate of an effect that is 0 under the null hypothesis, with its standard error.</summary>
/// <param name="Value">On a scale on which errors are about normal, such as the logarithm of a ratio.</param>
/// <param name="StandardError">Not negative; 0 where no observation varied.</param>
/// <param name="Degrees">Degrees of freedom, at least 1: clusters less one.</param>
internal readonly record struct Estimate(double Value, double StandardError, double Degrees)
{
    private const double Power = 0.8;

    /// <summary>Two-sided p-value of the null hypothesis, by Student's t distribution; in [0, 1].</summary>
    public double P => StandardError > 0
        ? Math.Clamp(2 * StudentT.CDF(0, 1, Degrees, -Math.Abs(Value) / StandardError), 0, 1) : Value == 0 ? 1 : 0;

    /// <summary>P-value of the hypothesis that the effect is at or beyond the tolerance, by two one-sided tests
    /// (Schuirmann 1987).</summary>
    /// <param name="tolerance">On the scale of the value, above 0.</param>
    public double EquivalenceP(double tolerance) => StandardError > 0
        ? StudentT.CDF(0, 1, Degrees, -(tolerance - Math.Abs(Value)) / StandardError)
        : Math.Abs(Value) < tolerance ? 0 : 1;

    /// <summary>Two-sided confidence interval.</summary>
    /// <param name="level">Confidence level, in (0, 1).</param>
    public (double Low, double High) Interval(double level)
    {
        var half = StandardError > 0 ? StandardError * StudentT.InvCDF(0, 1, Degrees, (1 + level) / 2) : 0;
        return (Value - half, Value + half);
    }

    /// <summary>Minimum detectable effect of a two-sided test at 5 % with a power of 80 %.</summary>
    public double Detectable => StandardError > 0
        ? StandardError * (StudentT.InvCDF(0, 1, Degrees, 0.975) + StudentT.InvCDF(0, 1, Degrees, Power)) : 0;

    /// <summary>Factor by which the sample must grow for an effect of 0 to be proven equivalent at 5 % with a power of
    /// 80 %.</summary>
    /// <param name="tolerance">On the scale of the value, above 0.</param>
    public double SampleFactorForEquivalence(double tolerance)
    {
        var wanted = tolerance / (Normal.InvCDF(0, 1, 0.95) + Normal.InvCDF(0, 1, (1 + Power) / 2));
        return StandardError / wanted * (StandardError / wanted);
    }
}
