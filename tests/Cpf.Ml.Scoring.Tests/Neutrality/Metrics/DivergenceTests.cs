using Cpf.Ml.Scoring.Neutrality.Metrics;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Metrics;

public sealed class DivergenceTests
{
    private static readonly Gen<Dictionary<int, double>> Counts = Gen.Double[0.01, 5].Array[4].Select(
        values => values.Index().ToDictionary(value => value.Index, value => value.Item));

    private static readonly Gen<char[]> Rankings = Gen.OneOf(Gen.Const('a'), Gen.Const('b'), Gen.Const('c'))
        .Array[1, 20];

    [Fact]
    public void Kullback_Leibler_of_halves_from_a_quarter_is_in_bits()
    {
        Dictionary<char, double> p = new() { ['a'] = 1, ['b'] = 1 }, q = new() { ['a'] = 1, ['b'] = 3 };
        Assert.Equal((0.5 * Math.Log2(2)) + (0.5 * Math.Log2(2.0 / 3)), Divergence.KullbackLeibler(p, q), 12);
    }

    [Fact]
    public void Kullback_Leibler_from_a_pool_without_the_group_is_infinite_and_finite_when_smoothed()
    {
        Dictionary<char, double> p = new() { ['a'] = 1, ['b'] = 1 }, q = new() { ['a'] = 2 };
        Assert.Equal(double.PositiveInfinity, Divergence.KullbackLeibler(p, q));

        // With one added to each count the pool is three quarters and one.
        Assert.Equal(
            (0.5 * Math.Log2(2.0 / 3)) + (0.5 * Math.Log2(2)), Divergence.KullbackLeibler(p, q, smoothing: 1), 12);
    }

    [Fact]
    public void Jensen_Shannon_of_groups_that_never_meet_is_1() => Assert.Equal(
        1, Divergence.JensenShannon(new Dictionary<int, double> { [0] = 3 }, new Dictionary<int, double> { [1] = 5 }));

    [Fact]
    public void Root_of_Jensen_Shannon_is_a_distance() => Gen.Select(Counts, Counts, Counts).Sample((p, q, r) =>
    {
        // Endres and Schindelin (2003): the triangle inequality.
        double Distance(Dictionary<int, double> from, Dictionary<int, double> to) =>
            Math.Sqrt(Math.Max(0, Divergence.JensenShannon(from, to)));
        Assert.True(Distance(p, r) <= Distance(p, q) + Distance(q, r) + 1e-7);
    });

    [Fact]
    public void Total_variation_is_at_most_what_Pinsker_allows_and_at_least_the_largest_difference() =>
        Gen.Select(Counts, Counts).Sample((p, q) =>
        {
            var variation = Divergence.TotalVariation(p, q);
            Assert.InRange(variation, 0, Math.Sqrt(Math.Log(2) * Divergence.KullbackLeibler(p, q) / 2) + 1e-9);
            Assert.True(Divergence.LargestDifference(p, q) <= variation + 1e-12);
        });

    [Fact]
    public void Counts_of_one_scale_and_of_another_are_the_same_distribution() =>
        Gen.Select(Counts, Counts, Gen.Double[0.1, 50]).Sample((p, q, factor) =>
        {
            var scaled = p.ToDictionary(group => group.Key, group => factor * group.Value);
            Assert.Equal(Divergence.KullbackLeibler(p, q), Divergence.KullbackLeibler(scaled, q), 1e-9);
            Assert.Equal(Divergence.JensenShannon(p, q), Divergence.JensenShannon(scaled, q), 1e-9);
            Assert.Equal(Divergence.TotalVariation(p, q), Divergence.TotalVariation(scaled, q), 1e-9);
            Assert.Equal(Divergence.Skew(p, q, 2), Divergence.Skew(scaled, q, 2), 1e-9);
        });

    [Fact]
    public void Skew_the_other_way_round_has_the_other_sign() => Gen.Select(Counts, Counts).Sample((p, q) =>
        Assert.Equal(-Divergence.Skew(q, p, 1), Divergence.Skew(p, q, 1), 1e-9));

    [Fact]
    public void Discounted_divergence_of_two_groups_is_that_of_the_first_position_alone()
    {
        // The first position is one bit from halves, both together none: 1·1 over 1 + 1/log₂ 3.
        Assert.Equal(1 / (1 + (1 / Math.Log2(3))), Divergence.DiscountedKullbackLeibler(["a", "b"]), 12);
        Assert.Equal(0, Divergence.DiscountedKullbackLeibler(["a", "a", "a"]), 12);
    }

    [Fact]
    public void Groups_in_turn_diverge_less_than_one_group_after_the_other() => Assert.True(
        Divergence.DiscountedKullbackLeibler("abababab".ToCharArray())
            < Divergence.DiscountedKullbackLeibler("aaaabbbb".ToCharArray()) / 2);

    [Fact]
    public void Discounted_divergence_is_never_negative_and_does_not_depend_on_names() => Rankings.Sample(groups =>
    {
        var divergence = Divergence.DiscountedKullbackLeibler(groups);
        Assert.True(divergence >= -1e-12);
        Assert.Equal(
            divergence, Divergence.DiscountedKullbackLeibler([.. groups.Select(group => $"group {group}")]), 1e-12);
    });

    [Fact]
    public void Attention_of_the_first_two_positions_is_one_each()
    {
        var attention = Divergence.Attention(["a", "b", "b"]);
        Assert.Equal(1 / (2 + (1 / Math.Log2(3))), attention["a"], 12);
        Assert.Equal((1 + (1 / Math.Log2(3))) / (2 + (1 / Math.Log2(3))), attention["b"], 12);
    }

    [Fact]
    public void Ranking_whose_attention_is_the_target_is_fair_and_no_other_is() => Rankings.Sample(groups =>
    {
        var attention = Divergence.Attention(groups);
        Assert.Equal(1, attention.Values.Sum(), 1e-9);
        Assert.Equal(1, Divergence.AttentionWeighted(groups, attention), 1e-9);
        Assert.True(Divergence.AttentionWeighted(groups, new Dictionary<char, double> { ['z'] = 1 }) < 1e-9);
    });
}
