using Cpf.Ml.Scoring.Tests.Statistics;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Transactions;

/// <summary>The unit of a gauge does not matter.</summary>
public sealed class EquivarianceTests
{
    /// <summary>
    /// The bins of a histogram double with the value: a power of two moves all by whole bins, and every bit stays.
    /// </summary>
    [Fact]
    public void Scaling_by_a_power_of_two_changes_no_evidence() =>
        Gen.Select(Gen.Int[1, 1000], Gen.Int[-8, 8]).Sample(
            (seed, power) => Largest(Evidences(seed, x => x), Evidences(seed, x => x * Math.Pow(2, power))) <= 1e-6,
            iter: 10);

    /// <summary>Another scale moves values within bins a quarter-octave wide: ranks differ by parts of a bin.</summary>
    [Fact]
    public void Scaling_by_any_other_factor_changes_the_evidence_by_less_than_a_tenth() =>
        Gen.Select(Gen.Int[1, 1000], Gen.Double[1e-3, 1e3]).Sample(
            (seed, scale) =>
            {
                var (plain, changed) = (Evidences(seed, x => x), Evidences(seed, x => x * scale));
                return Math.Abs(plain.Average() - changed.Average()) < 0.05 && Mean(plain, changed) < 0.1;
            },
            iter: 10);

    /// <summary>
    /// The curve is kept as floats around a typical value: a shift changes their last digits, seven places down.
    /// </summary>
    [Fact]
    public void Shift_changes_the_evidence_by_rounding_only() =>
        Gen.Select(Gen.Int[1, 1000], Gen.Double[-1e3, 1e3]).Sample(
            (seed, shift) => Mean(Evidences(seed, x => x), Evidences(seed, x => x + shift)) < 1e-3,
            iter: 10);

    private static double Largest(List<double> plain, List<double> changed) =>
        plain.Zip(changed, (a, b) => Math.Abs(a - b)).Max();

    private static double Mean(List<double> plain, List<double> changed) =>
        plain.Zip(changed, (a, b) => Math.Abs(a - b)).Average();

    private static List<double> Evidences(int seed, Func<double, double> unit)
    {
        var random = new Random(seed);
        var world = new World();
        world.Points(4 * 288, i => unit(Math.Sin(2 * Math.PI * i / 288) + random.Normal() + (i % 300 == 299 ? 8 : 0)));
        return [.. world.Steps.Select(step => step.Assessment.Evidence)];
    }
}
