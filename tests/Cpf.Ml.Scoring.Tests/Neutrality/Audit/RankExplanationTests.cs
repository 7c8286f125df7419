using Cpf.Ml.Scoring.Neutrality.Audit;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Audit;

public sealed class RankExplanationTests
{
    [Fact]
    public void Singular_is_used_for_one_search_and_one_offer()
    {
        var log = SearchLogSample.Read(
            ["s0,2026-06-01 10:00:00,danse,,,,"],
            ["s0,a,1,3,", "s0,b,2,2,", "s0,c,3,1,", "s0,d,4,1,"],
            ["a,A,,", "b,B,,", "c,C,,", "d,C,,"],
            ["A,small", "B,small", "C,small"]);
        string Say(string offer) => string.Join(
            " ", RankExplanation.Explain(log, "danse", "", offer)!.Sentences.Select(sentence => sentence.Fr));
        Assert.Equal(
            "L'offre a a été montrée 1 fois en une recherche, au rang 1. Aucune offre n'est plus pertinente et "
                + "aucune ne l'est autant : par la pertinence seule elle se place au rang 1. Elle est la plus "
                + "pertinente : sa place est la première.",
            Say("a"));
        Assert.StartsWith(
            "L'offre b a été montrée 1 fois en une recherche, au rang 2. Une offre est plus pertinente et aucune ne "
                + "l'est autant : par la pertinence seule elle se place au rang 2. Elle monterait avec une "
                + "pertinence d'au moins 3",
            Say("b"),
            StringComparison.Ordinal);
        Assert.Contains(
            "2 offres sont plus pertinentes ; 2 le sont autant, elle comprise, d'un seul organisme : par la "
                + "pertinence seule elle se place entre le rang 3 et le rang 4.",
            Say("c"),
            StringComparison.Ordinal);
        Assert.Null(RankExplanation.Explain(log, "danse", "", "e"));
    }
}
