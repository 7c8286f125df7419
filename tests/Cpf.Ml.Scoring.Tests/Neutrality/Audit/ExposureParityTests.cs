using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Logs;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Audit;

public sealed class ExposureParityTests
{
    private const int Offers = 16;

    /// <summary>Of the first half of the offers, else of the second.</summary>
    private static readonly int[] GroupOf = [.. Enumerable.Range(0, Offers).Select(i => i < Offers / 2 ? 1 : 0)];

    private static readonly Gen<SearchLog> Logs = Gen.Shuffle(Enumerable.Range(0, Offers).ToArray()).Array[8, 20]
        .Select(orders => Log(orders.Select(order => order[..8])));

    [Fact]
    public void Group_and_others_have_the_same_difference_with_the_other_sign() => Logs.Sample(log =>
    {
        var own = Parity(log, GroupOf);
        var others = Parity(log, [.. GroupOf.Select(group => 1 - group)]);
        Assert.Equal(-own.Ratio.Value, others.Ratio.Value, 1e-9);
        Assert.Equal(own.Ratio.StandardError, others.Ratio.StandardError, 1e-9);
        Assert.Equal((own.Organisations, own.Others), (others.Others, others.Organisations));
    }, iter: 20);

    [Fact]
    public void Question_in_which_only_one_of_both_stands_says_nothing() => Logs.Sample(log =>
    {
        var alone = SearchLogSample.Tie(log.Questions.Length, Enumerable.Range(0, Offers / 2));
        var more = SearchLogSample.InMemory([.. log.Units, .. alone], Offers);
        Assert.Equal(Parity(log, GroupOf).Ratio, Parity(more, GroupOf).Ratio);
        Assert.Equal(Parity(log, GroupOf).Questions, Parity(more, GroupOf).Questions);
    }, iter: 20);

    [Fact]
    public void Offers_whose_group_is_not_known_are_left_out()
    {
        // The large 0 stands before the small 8, and the unknown 1 before both or behind.
        int[] groupOf = [1, -1, .. Enumerable.Repeat(0, Offers - 2)];
        var parity = Parity(Log([[1, 0, 8], [0, 8, 1], [8, 0, 1]]), groupOf);
        Assert.Equal(
            Math.Log(((1 / Math.Log2(3)) + 1 + (1 / Math.Log2(3))) / (0.5 + (1 / Math.Log2(3)) + 1)),
            parity.Ratio.Value,
            12);
    }

    [Fact]
    public void Group_that_never_meets_the_others_cannot_be_compared() => Assert.Null(
        ExposureParity.Estimate(ExposureStrata.Build(Log([[0, 1, 2], [8, 9, 10]])), GroupOf, byOrganisation: true));

    [Fact]
    public void Examples_are_the_questions_in_which_the_group_loses_most()
    {
        // The group stands first in one question, second in one, last in two.
        var parity = Parity(Log([[0, 8, 9], [8, 0, 9], [8, 9, 0], [9, 8, 0]]), GroupOf);
        Assert.True(parity.Ratio.Value < 0);
        Assert.Equal([2, 3, 1], parity.Leading);
    }

    [Fact]
    public void Engine_that_draws_lots_among_equals_is_called_unfair_once_in_twenty_at_most()
    {
        var (random, trials, byRatio, byPermutation) = (new Random(9), 200, 0, 0);
        for (var trial = 0; trial < trials; trial++)
        {
            var parity = Parity(
                Log(Enumerable.Range(0, 60).Select(_ =>
                {
                    var order = Enumerable.Range(0, Offers).ToArray();
                    random.Shuffle(order);
                    return order[..8];
                })),
                GroupOf);
            byRatio += parity.Ratio.P <= 0.05 ? 1 : 0;
            byPermutation += parity.PermutationP <= 0.05 ? 1 : 0;
        }

        // 10 of 200, with a standard deviation of 3.1; the ratio's error may be taken too large, not too small.
        Assert.InRange(byRatio, 0, 19);
        Assert.InRange(byPermutation, 1, 19);
    }

    private static ExposureParity Parity(SearchLog log, int[] groupOf) =>
        ExposureParity.Estimate(ExposureStrata.Build(log), groupOf, byOrganisation: true)!;

    private static SearchLog Log(IEnumerable<int[]> orders) => SearchLogSample.InMemory(
        [.. orders.SelectMany((order, question) => SearchLogSample.Tie(question, order))], Offers);
}
