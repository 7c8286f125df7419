using Cpf.Ml.Scoring.Neutrality.Correction;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Neutrality;

public sealed class PrefixTests
{
    [Fact]
    public void Failure_probability_equals_enumeration_of_all_draws() =>
        Gen.Select(Gen.Int[1, 10], Gen.Double[0.1, 0.9], Gen.Double[0.01, 0.3]).Sample((length, share, alpha) =>
        {
            var minimums = FairTopK.Minimums(length, share, alpha);
            var fails = Enumerable.Range(0, 1 << length).Sum(bits =>
            {
                bool[] draw = [.. Enumerable.Range(0, length).Select(i => (bits >> i & 1) == 1)];
                return FairTopK.FirstUnfair(draw, minimums) is null
                    ? 0
                    : draw.Aggregate(1.0, (chance, one) => chance * (one ? share : 1 - share));
            });
            Assert.Equal(fails, FairTopK.FailProbability(minimums, share), 1e-9);
        }, iter: 100);

    [Fact]
    public void Adjusted_significance_is_the_nearest_on_a_grid() =>
        Gen.Select(Gen.Int[2, 25], Gen.Double[0.1, 0.9], Gen.Double[0.02, 0.3]).Sample((length, share, alpha) =>
        {
            var adjusted = FairTopK.Adjust(length, share, alpha);
            Assert.All(Enumerable.Range(1, 200), i => Assert.True(
                Math.Abs(
                    FairTopK.FailProbability(
                        FairTopK.Minimums(length, share, alpha * i / 200),
                        share) - alpha) >= Math.Abs(adjusted.FailProbability - alpha) - 1e-9));
        }, iter: 30);

    [Fact]
    public void Failure_probability_of_a_thousand_positions_is_adjusted_to_the_significance() =>
        Assert.InRange(FairTopK.Adjust(1000, 0.5, 0.1).FailProbability, 0.099, 0.101);

    [Fact]
    public void Reranked_list_is_fair_when_there_are_enough_protected_items() =>
        Gen.Select(
            Gen.Double[0, 1].Array[0, 15],
            Gen.Double[0, 1].Array[8, 15],
            Gen.Double[0.1, 0.7]).Sample((others, own, share) =>
            {
                var minimums = FairTopK.Minimums(Math.Min(8, others.Length + own.Length), share, 0.1);
                var ranked = FairTopK.Rank([.. others.OrderDescending()], [.. own.OrderDescending()], minimums);
                Assert.Null(FairTopK.FirstUnfair([.. ranked.Select(one => one.IsProtected)], minimums));
            });
}
