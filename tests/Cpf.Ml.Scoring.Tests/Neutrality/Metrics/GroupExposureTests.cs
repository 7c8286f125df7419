using Cpf.Ml.Scoring.Neutrality.Metrics;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Metrics;

public sealed class GroupExposureTests
{
    private static readonly Gen<((int Group, double Relevance)[] Pool, int[] Order)> Rankings =
        Gen.Int[4, 12].SelectMany(count => Gen.Select(
            Gen.Double[0.1, 1].Array[count].Select(
                values => values.Select((value, i) => (Group: i % 2, Relevance: value)).ToArray()),
            Gen.Shuffle(Enumerable.Range(0, count).ToArray())));

    [Fact]
    public void Job_seekers_of_nearly_equal_relevance_get_0_71_and_0_39()
    {
        // Singh and Joachims (2018), figure 1.
        (char, double)[] pool = [('m', 0.82), ('m', 0.81), ('m', 0.80), ('f', 0.79), ('f', 0.78), ('f', 0.77)];
        var exposure = GroupExposure.Compute(pool, [0, 1, 2, 3, 4, 5], BrowsingModel.Logarithmic);
        Assert.Equal(0.71, exposure['m'].Exposure, 2);
        Assert.Equal(0.39, exposure['f'].Exposure, 2);
        Assert.Equal(0.78, exposure['f'].Utility, 12);
    }

    [Fact]
    public void Groups_share_all_the_exposure_of_the_positions() => Rankings.Sample((pool, order) => Assert.Equal(
        Enumerable.Range(1, pool.Length).Sum(BrowsingModel.Logarithmic),
        GroupExposure.Compute(pool, order, BrowsingModel.Logarithmic).Values.Sum(group => group.Exposure * group.Pool),
        1e-9));

    [Fact]
    public void Ratios_the_other_way_round_are_one_over_themselves() => Rankings.Sample((pool, order) =>
    {
        var groups = GroupExposure.Compute(pool, order, BrowsingModel.Logarithmic);
        var (even, odd) = (groups[0], groups[1]);
        Assert.Equal(1, even.ParityRatio(odd) * odd.ParityRatio(even), 1e-9);
        Assert.Equal(1, even.TreatmentRatio(odd) * odd.TreatmentRatio(even), 1e-9);
        Assert.Equal(1, even.ImpactRatio(odd) * odd.ImpactRatio(even), 1e-9);
        Assert.Equal(0, even.SignedTreatment(odd) + odd.SignedTreatment(even), 1e-9);
    });

    [Fact]
    public void Exposure_in_proportion_to_relevance_is_neutral_by_treatment_and_not_by_parity()
    {
        GroupExposure poor = new(0.2, 0.4, 0.1, 5), rich = new(0.4, 0.8, 0.3, 5);
        Assert.Equal(1, poor.TreatmentRatio(rich), 12);
        Assert.Equal(0.5, poor.ParityRatio(rich), 12);
        Assert.Equal(0.3 / 0.8 / (0.1 / 0.4), poor.ImpactRatio(rich), 12);
    }
}
