using Cpf.Ml.Scoring.Statistics;

namespace Cpf.Ml.Scoring.Tests.Statistics;

/// <summary>Four p-values adjusted by hand.</summary>
public sealed class MultipleTestsTests
{
    private static readonly double[] P = [0.01, 0.04, 0.03, 0.005];

    [Fact]
    public void Holm_multiplies_by_the_number_of_tests_not_yet_rejected() =>
        Assert.Equal([0.03, 0.06, 0.06, 0.02], MultipleTests.Holm(P), Same);

    [Fact]
    public void Benjamini_Hochberg_divides_by_the_rank() =>
        Assert.Equal([0.02, 0.04, 0.04, 0.02], MultipleTests.BenjaminiHochberg(P), Same);

    [Fact]
    public void Benjamini_Yekutieli_is_the_harmonic_number_of_the_tests_larger() => Assert.Equal(
        MultipleTests.BenjaminiHochberg(P).Select(p => p * (1 + 1 / 2.0 + 1 / 3.0 + 1 / 4.0)),
        MultipleTests.BenjaminiYekutieli(P),
        Same);

    private static bool Same(double expected, double actual) => Math.Abs(expected - actual) < 1e-12;
}
