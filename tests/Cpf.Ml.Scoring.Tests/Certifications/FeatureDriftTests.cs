using System.Collections.Immutable;
using Cpf.Ml.Scoring.Certifications.Evidence;
using Cpf.Ml.Scoring.Certifications.Features;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Certifications;

public sealed class FeatureDriftTests
{
    private static readonly Gen<double[]> Values = Gen.Double[0, 100].Array[100, 400];

    /// <summary>
    /// Worked out by hand: half of the certifications moved from the lower five tenths to the upper five.
    /// </summary>
    [Fact]
    public void Population_stability_index_equals_its_definition()
    {
        double[] then = [.. Enumerable.Range(0, 100).Select(i => (double)i)];
        double[] now = [.. then.Select(value => value < 50 ? value + 50 : value)];
        var (low, high) = (0.5 / 105, 20.5 / 105);
        var even = 10.5 / 105;
        var expected = 5 * (((low - even) * Math.Log(low / even)) + ((high - even) * Math.Log(high / even)));
        Assert.Equal(expected, Psi(now, then), 1e-12);
    }

    [Fact]
    public void Index_is_0_for_the_same_values_in_another_order() => Values.Sample(values =>
        Assert.InRange(Psi([.. values.Reverse()], values), 0, 1e-12));

    [Fact]
    public void Index_is_never_negative_and_grows_with_the_shift() =>
        Gen.Select(Values, Gen.Double[1, 20]).Sample((values, move) =>
        {
            var (near, far) = (
                Psi([.. values.Select(value => value + move)], values),
                Psi([.. values.Select(value => value + 200)], values));
            Assert.InRange(near, 0, far + 1e-9);
        });

    [Fact]
    public void Index_of_fewer_than_100_certifications_is_left_out() =>
        Assert.Empty(FeatureDrift.Between(Set(new double[99]), Set(new double[500])));

    [Fact]
    public void Index_of_a_feature_that_is_0_everywhere_is_0() =>
        Assert.InRange(Psi(new double[200], new double[300]), 0, 0.001);

    private static double Psi(double[] now, double[] then) =>
        FeatureDrift.Between(Set(now), Set(then)).Single(drift => drift.Feature == "F01").Psi;

    private static FeatureSet Set(double[] values)
    {
        double[] unknown = [.. Enumerable.Repeat(double.NaN, values.Length)];
        var columns = FeatureCatalogue.All.ToDictionary(
            feature => feature.Id, feature => feature.Id == "F01" ? values : unknown);
        return new FeatureSet(
            new DateOnly(2026, 7, 1),
            90,
            [
                .. values.Select(
                    (_, index) => new MeasuredCertification($"RS{index}", "", "RS", "100", null, "", "onsite", 40, 0))
            ],
            columns,
            columns,
            ImmutableDictionary<(string, string), string>.Empty, []);
    }
}
