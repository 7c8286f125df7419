using System.Collections.Immutable;
using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Logs;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Audit;

public sealed class RankingDistanceTests
{
    private static readonly DateTime Monday = new(2026, 6, 1, 10, 0, 0);

    [Fact]
    public void Distance_between_contexts_is_less_what_repetitions_differ_by()
    {
        // Two rankings that changed places are 1 − 0.9 apart; repetitions in one context are the same.
        var distance = Contexts(
            Search(0, "mobile", "ab"), Search(0, "mobile", "ab"), Search(0, "desk", "ba"),
            Search(1, "mobile", "ab"), Search(1, "desk", "ab"))!;
        Assert.Equal((0.1 + 0) / 2, distance.Excess.Value, 12);
        Assert.Equal((3, 2, 0), (distance.Compared, distance.Units, distance.Noise));
        Assert.Equal([0, 1], distance.Leading);
    }

    [Fact]
    public void Engine_that_shuffles_whatever_the_context_has_no_excess()
    {
        var distance = Contexts(
            Search(0, "mobile", "ab"), Search(0, "mobile", "ba"), Search(0, "desk", "ab"), Search(0, "desk", "ba"),
            Search(1, "mobile", "ab"), Search(1, "desk", "ba"))!;
        Assert.Equal(0.1, distance.Noise, 12);

        // Of question 0 two of four pairs between contexts differ, and all within; question 1 has the noise of all.
        Assert.Equal((0.05 - 0.1 + (0.1 - 0.1)) / 2, distance.Excess.Value, 12);
    }

    [Fact]
    public void Searches_of_different_days_are_not_compared() => Assert.Null(Contexts(
        Search(0, "mobile", "ab"), Search(0, "desk", "ab") with { At = Monday.AddDays(1) },
        Search(1, "mobile", "ab"), Search(1, "desk", "ab") with { At = Monday.AddDays(1) }));

    [Fact]
    public void Without_a_repetition_in_one_context_chance_cannot_be_told_from_bias() => Assert.Null(Contexts(
        Search(0, "mobile", "ab"), Search(0, "desk", "ba"), Search(1, "mobile", "ab"), Search(1, "desk", "ba")));

    [Fact]
    public void Pair_of_which_one_form_finds_nothing_is_counted_and_as_far_apart_as_can_be()
    {
        var log = SearchLogSample.InMemory(
            [],
            organisations: 1,
            [
                Pair(0, "P", "ab"), Pair(0, "P", "ab"), Pair(1, "P", ""), Pair(2, "Q", "ab"), Pair(3, "Q", "ab"),
                Pair(4, "other", "ab") with { Family = "accent" },
            ]);
        var distance = RankingDistance.BetweenPairs(log, "gender")!;
        Assert.Equal(1, distance.Unanswered);
        Assert.Equal((1.0 + 0) / 2, distance.Excess.Value, 12);
        Assert.Equal(2, distance.Units);
    }

    private static RankingDistance? Contexts(params IReadOnlyList<LoggedSearch> searches) =>
        RankingDistance.BetweenContexts(SearchLogSample.InMemory([], organisations: 1, searches));

    private static LoggedSearch Search(int question, string? context, string order) =>
        new("", question, Monday, context, null, null, Results(order));

    private static LoggedSearch Pair(int question, string pair, string order) =>
        new("", question, Monday, null, "gender", pair, Results(order));

    private static ImmutableArray<ShownOffer> Results(string order) =>
        [.. order.Select((offer, i) => new ShownOffer(offer - 'a', i + 1, 1, false))];
}
