using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Logs;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Audit;

public sealed class ExposureSlopeTests
{
    private const int Offers = 8;

    private static readonly Gen<SearchLog> Logs = Gen.Shuffle(Enumerable.Range(0, Offers).ToArray()).Array[6, 15]
        .Select(orders => Log(orders));

    [Fact]
    public void Unit_and_origin_of_what_offers_differ_in_do_not_change_the_test() => Logs.Sample(log =>
    {
        var strata = ExposureStrata.Build(log);
        var slope = ExposureSlope.Estimate(strata, offer => offer)!.Slope;
        var other = ExposureSlope.Estimate(strata, offer => 100 - (10.0 * offer))!.Slope;
        Assert.Equal(-slope.Value / 10, other.Value, 1e-6);
        Assert.Equal(slope.P, other.P, 1e-6);
    }, iter: 30);

    [Fact]
    public void Offers_of_which_nothing_is_known_are_left_out() => Logs.Sample(log =>
    {
        var slope = ExposureSlope.Estimate(ExposureStrata.Build(log), offer => offer == 3 ? null : offer)!;
        Assert.Equal((Offers - 1) * log.Questions.Length, slope.Opportunities);
        Assert.Equal(Offers - 1, slope.Organisations);
    }, iter: 20);

    [Fact]
    public void What_all_offers_have_in_common_has_no_slope() =>
        Assert.Null(ExposureSlope.Estimate(ExposureStrata.Build(Log([[0, 1], [1, 0]])), _ => 5));

    [Fact]
    public void Organisations_that_rotate_whatever_they_post_have_an_elasticity_of_0()
    {
        // Three offers of one organisation and one of the other, whose exposure is the same in every question.
        var log = SearchLogSample.InMemory(
            [.. Enumerable.Range(0, 12).SelectMany(question => new[]
            {
                Unit(question, 0, 0.2), Unit(question, 1, 0.6), Unit(question, 2, 0.2), Unit(question, 4, 0.2),
            })],
            organisations: 2);
        var slope = ExposureSlope.EstimateVolume(ExposureStrata.Build(log))!;
        Assert.Equal(0, slope.Slope.Value, 9);
        Assert.Equal((12, 2), (slope.Questions, slope.Organisations));
    }

    [Fact]
    public void Slope_of_a_steady_pull_is_the_logarithm_of_its_ratio_and_proven()
    {
        // The offer with x = 1 has twice the exposure of the one with x = 0 in every question.
        var log = SearchLogSample.InMemory(
            [.. Enumerable.Range(0, 20).SelectMany(question => new[]
            {
                Unit(question, 0, 0.4 + (0.01 * question)), Unit(question, 1, 2 * (0.4 + (0.01 * question))),
            })],
            organisations: 2);
        var slope = ExposureSlope.Estimate(ExposureStrata.Build(log), offer => offer)!.Slope;
        Assert.Equal(Math.Log(2), slope.Value, 9);
        Assert.True(slope.P < 1e-6);
    }

    private static SearchLog Log(IEnumerable<int[]> orders) => SearchLogSample.InMemory(
        [.. orders.SelectMany((order, question) => SearchLogSample.Tie(question, order))], Offers);

    private static ExposureUnit Unit(int question, int offer, double exposure) =>
        new(question, -1, 1, offer, 1, exposure, 1, 0);
}
