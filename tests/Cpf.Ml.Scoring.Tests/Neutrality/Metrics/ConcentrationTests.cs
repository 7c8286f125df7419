using Cpf.Ml.Scoring.Neutrality.Metrics;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Metrics;

public sealed class ConcentrationTests
{
    private static readonly Dictionary<string, Func<double[], double>> Measures = new()
    {
        ["Gini"] = values => Concentration.Gini(values),
        ["Herfindahl"] = Concentration.Herfindahl,
        ["normalised Herfindahl"] = Concentration.NormalisedHerfindahl,
        ["Theil T"] = Concentration.TheilT,
        ["Theil L"] = Concentration.TheilL,
        ["entropy of order 2"] = Concentration.Entropy2,
        ["Atkinson"] = Concentration.AtkinsonHalf,
    };

    private static readonly Gen<double[]> Shares = Gen.Double[0.01, 10].Array[2, 20];

    public static TheoryData<string> Names => [.. Measures.Keys];

    [Fact]
    public void Gini_of_one_two_three_four_is_a_quarter() =>
        Assert.Equal((-3.0 - (1 * 2) + (1 * 3) + (3 * 4)) / (4 * 10), Concentration.Gini([4, 1, 3, 2]), 12);

    [Fact]
    public void Gini_is_half_the_mean_difference_of_two_over_the_mean() => Shares.Sample(values =>
    {
        var differences = values.Average(left => values.Average(right => Math.Abs(left - right)));
        Assert.Equal(differences / 2 / values.Average(), Concentration.Gini(values), 1e-9);
    });

    [Fact]
    public void Gini_of_nothing_but_zeros_is_0() => Assert.Equal(0, Concentration.Gini([0, 0, 0]));

    [Fact]
    public void Herfindahl_is_one_plus_the_squared_coefficient_of_variation_over_the_count() => Shares.Sample(values =>
    {
        var mean = values.Average();
        var squared = values.Average(value => (value - mean) * (value - mean)) / (mean * mean);
        Assert.Equal((1 + squared) / values.Length, Concentration.Herfindahl(values), 1e-9);
        Assert.Equal(squared / 2, Concentration.Entropy2(values), 1e-9);
    });

    [Fact]
    public void Theil_of_two_groups_together_is_their_own_by_share_and_what_lies_between() =>
        Gen.Select(Shares, Shares).Sample((first, second) =>
        {
            double[] all = [.. first, .. second];
            double Part(double[] group) => group.Sum() / all.Sum()
                * (Concentration.TheilT(group) + Math.Log(group.Average() / all.Average()));
            Assert.Equal(Part(first) + Part(second), Concentration.TheilT(all), 1e-9);
        });

    [Fact]
    public void All_to_one_of_five_is_the_largest_concentration()
    {
        double[] values = [0, 0, 7, 0, 0];
        Assert.Equal(0.8, Concentration.Gini(values), 12);
        Assert.Equal(1, Concentration.Herfindahl(values), 12);
        Assert.Equal(1, Concentration.NormalisedHerfindahl(values), 12);
        Assert.Equal(Math.Log(5), Concentration.TheilT(values), 12);
        Assert.Equal(2, Concentration.Entropy2(values), 12);
        Assert.Equal(0.8, Concentration.AtkinsonHalf(values), 12);
        Assert.Equal(double.PositiveInfinity, Concentration.TheilL(values));
    }

    [Fact]
    public void Equal_shares_have_no_concentration() => Gen.Select(Gen.Int[2, 20], Gen.Double[0.1, 5]).Sample(
        (count, value) =>
        {
            double[] values = [.. Enumerable.Repeat(value, count)];
            Assert.All(Measures, measure => Assert.Equal(
                measure.Key == "Herfindahl" ? 1.0 / count : 0, measure.Value(values), 1e-9));
        });

    [Theory]
    [MemberData(nameof(Names))]
    public void Unit_and_order_of_the_values_do_not_matter(string name) =>
        Gen.Select(Shares, Gen.Double[0.1, 100]).Sample((values, factor) => Assert.Equal(
            Measures[name](values), Measures[name]([.. values.Reverse().Select(value => factor * value)]), 1e-9));

    [Theory]
    [MemberData(nameof(Names))]
    public void Transfer_from_a_richer_to_a_poorer_lowers_the_concentration(string name) =>
        Shares.Where(values => values.Max() > 1.1 * values.Min()).Sample(values =>
        {
            double[] sorted = [.. values.Order()];
            var before = Measures[name](sorted);
            var transfer = (sorted[^1] - sorted[0]) / 4;
            (sorted[0], sorted[^1]) = (sorted[0] + transfer, sorted[^1] - transfer);
            Assert.True(Measures[name](sorted) < before, $"{Measures[name](sorted)} is not below {before}");
        });

    [Theory]
    [InlineData("Gini")]
    [InlineData("Theil T")]
    [InlineData("Theil L")]
    [InlineData("entropy of order 2")]
    [InlineData("Atkinson")]
    public void Two_copies_of_a_population_are_as_concentrated_as_one(string name) => Shares.Sample(
        values => Assert.Equal(Measures[name](values), Measures[name]([.. values, .. values]), 1e-9));
}
