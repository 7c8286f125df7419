using Cpf.Ml.Scoring.Neutrality.Correction;
using Cpf.Ml.Scoring.Neutrality.Model;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Correction;

public sealed class RerankRequestTests
{
    private static readonly DateOnly Day = new(2026, 6, 1);
    private static readonly string Long = new('x', 201);

    public static TheoryData<string, RerankOffer?> Refused => new()
    {
        { "id and organisation are needed", null },
        { "id and organisation are needed", new("", "A", 1) },
        { "id and organisation are needed", new("a", null, 1) },
        { "id and organisation are needed", new(Long, "A", 1) },
        { "score is a number", new("a", "A", double.NaN) },
        { "relevance is one of at least 0", new("a", "A", 1, -0.1) },
        { "relevance is one of at least 0", new("a", "A", 1, double.PositiveInfinity) },
        { "features", new("a", "A", 1, Features: new Dictionary<string, double> { ["match"] = double.NaN }) },
        { "features", new("a", "A", 1, Features: Enumerable.Range(0, 51).ToDictionary(i => $"{i}", _ => 1.0)) },
        { "groups", new("a", "A", 1, Groups: new Dictionary<string, string> { ["size"] = "" }) },
        { "groups", new("a", "A", 1, Groups: Enumerable.Range(0, 21).ToDictionary(i => $"{i}", _ => "x")) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Unusable_offer_is_refused_with_its_index_and_the_reason(string reason, RerankOffer? offer)
    {
        var error = new RerankRequest("anglais", Day, [new("first", "A", 1), offer!]).Validate();
        Assert.StartsWith("offers[1]", error!.Value.En, StringComparison.Ordinal);
        Assert.Contains(reason, error.Value.En, StringComparison.Ordinal);
        Assert.StartsWith("offers[1]", error.Value.Fr, StringComparison.Ordinal);
    }

    [Fact]
    public void Query_and_offers_are_needed_within_their_bounds()
    {
        Assert.StartsWith("query:", Error(null, []), StringComparison.Ordinal);
        Assert.StartsWith("query:", Error(new('x', 2001), []), StringComparison.Ordinal);
        Assert.StartsWith("offers:", Error("anglais", null), StringComparison.Ordinal);
        RerankOffer[] many = [.. Enumerable.Range(0, 501).Select(i => new RerankOffer($"{i}", "A", 1))];
        Assert.StartsWith("offers:", Error("anglais", many), StringComparison.Ordinal);
        Assert.Null(Error("anglais", many[..500]));
        Assert.Equal("offers[1].id: 0 is there twice.", Error("anglais", [many[0], many[0]]));
    }

    [Fact]
    public void In_shadow_the_order_of_the_engine_is_served_and_the_corrected_one_stated()
    {
        var request = new RerankRequest("anglais", Day, [new("far", "A", 0.9, 0.1), new("near", "B", 0.8, 0.7)]);
        var guards = new CorrectionGuards { ByRelevance = true };
        var shadow = request.Answer(new(), guards, [], isShadow: true);
        Assert.Equal(["far", "near"], shadow.Order);
        Assert.Equal(["near", "far"], shadow.Corrected);
        Assert.Equal(["near", "far"], request.Answer(new(), guards, [], isShadow: false).Order);
        Assert.Equal(
            [new RerankMove("near", 2, 1, 0), new RerankMove("far", 1, 2, 0)], shadow.Moves);
    }

    [Fact]
    public void Only_groups_of_the_dimensions_in_balance_enter_the_ledger()
    {
        var ledger = new ExposureLedger();
        var groups = new Dictionary<string, string> { ["size"] = "small", ["region"] = "11" };
        new RerankRequest("anglais", Day, [new("a", "A", 1, Groups: groups)]).Answer(
            ledger, new(), ["size"], isShadow: false);
        Assert.Equal(["size=small"], ledger.Groups.Keys);
    }

    [Fact]
    public void Relevance_is_the_given_one_else_the_learnt_one_else_the_score()
    {
        // The model says 3 of every offer that comes with features.
        var model = new RelevanceModel(["match"], [0], 3, []);
        RerankOffer[] offers =
        [
            new("score", "A", 2),
            new("learnt", "B", 1, Features: new Dictionary<string, double> { ["match"] = 1 }),
            new("given", "C", 0, 5, Features: new Dictionary<string, double> { ["match"] = 1 }),
        ];
        var answer = new RerankRequest("anglais", Day, offers).Answer(
            new(), new CorrectionGuards { ByRelevance = true }, [], isShadow: false, model);
        Assert.Equal(["given", "learnt", "score"], answer.Order);
    }

    private static string? Error(string? query, RerankOffer[]? offers) =>
        new RerankRequest(query, Day, offers).Validate()?.En;
}
