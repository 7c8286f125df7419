using System.Collections.Immutable;
using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Matching.Model;
using Cpf.Ml.Scoring.Matching.Perimeters;

namespace Cpf.Ml.Scoring.Tests.Matching;

public sealed class PerimeterContentTests
{
    private static readonly MatchingCatalogue Catalogue = MatchingSample.Catalogue();

    [Theory]
    [InlineData(PerimeterRule.Declared, "RNCP101 RNCP103")]
    [InlineData(PerimeterRule.Sure, "RNCP101 RNCP103 RS201")]
    [InlineData(PerimeterRule.Reviewed, "RNCP101 RNCP103 RS201")]
    public void Perimeter_rule_selects_certifications_by_their_links(PerimeterRule rule, string expected) =>
        Assert.Equal(expected, string.Join(' ', Of(rule, []).Certifications));

    [Fact]
    public void Manual_choice_overrides_the_perimeter_rule()
    {
        var content = Of(
            PerimeterRule.Declared, [new("RNCP101", false, "trop cher"), new("RS202", true, "demandé par la branche")]);
        Assert.Equal(["RNCP103", "RS202"], content.Certifications);
        var difference = PerimeterDifference.Between(Of(PerimeterRule.Declared, []), content);
        Assert.Equal(["RS202"], difference.Added);
        Assert.Equal(["RNCP101"], difference.Removed);
    }

    [Fact]
    public void Newer_register_is_reported_and_leaves_the_perimeter_as_it_is()
    {
        var content = Of(PerimeterRule.Declared, []);
        Assert.True(PerimeterNotice.Compare(content, Catalogue, "same").IsEmpty);

        var job = MatchingSample.Jobs[3];
        var now = new MatchingCatalogue(
            Catalogue.Titles,
            [
                .. MatchingSample.Jobs.Take(3),
                job with
                {
                    Recent = job.Recent.Add(
                        new("K2311", "Technicien / Technicienne de station", "Emploi Vert", null, null)),
                },
            ],
            [
                .. MatchingSample.Fiches.Where(fiche => fiche.Fiche.Id is not "RNCP101" and not "RNCP103"),
                MatchingSample.Fiches[0] with { Fiche = MatchingSample.Fiches[0].Fiche with { IsActive = false } },
                new(
                    new Fiche(
                        "RNCP300", "Opérateur de station d'épuration", "TP", 3) { IsActive = true, Jobs = ["K2306"] },
                    [new("K2306", LinkTier.Declared, 0.8, null)]),
            ],
            [],
            MatchingSample.Bands);
        var notice = PerimeterNotice.Compare(content, now, "next");
        Assert.Equal(["RNCP300"], notice.New);
        Assert.Equal(["RNCP101", "RNCP103"], notice.Ended);
        Assert.Equal(["K2306"], notice.SplitJobs);
        Assert.Equal(["RNCP101", "RNCP103"], content.Certifications);
    }

    private static PerimeterContent Of(PerimeterRule rule, ImmutableArray<PerimeterChoice> choices) =>
        new PerimeterContent(
            "Eau et froid",
            "",
            ["I1306", "K2306"],
            rule,
            choices,
            null,
            null,
            "",
            [],
            ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty).Resolve(Catalogue, "model@1");
}
