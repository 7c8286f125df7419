using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Matching.Model;
using Cpf.Ml.Scoring.Matching.Query;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Matching;

public sealed class QueryUnderstandingTests
{
    private static readonly MatchingCatalogue Catalogue = MatchingSample.Catalogue();
    private static readonly QueryUnderstanding Understanding = new(Catalogue);

    [Theory]
    [InlineData("frigoriste", JobQueryKind.Title, "I1306", null)]
    [InlineData("MONTEUSES FRIGORISTES", JobQueryKind.Title, "I1306", null)]
    [InlineData("technicienne de traitement de l'eau", JobQueryKind.Title, "K2306", null)]
    [InlineData("frigoriste en Bretagne", JobQueryKind.Title, "I1306", "53")]
    [InlineData("frigoriste dans la région Pays de la Loire", JobQueryKind.Title, "I1306", "52")]
    [InlineData("frigoriste à La Réunion", JobQueryKind.Title, "I1306", "04")]
    [InlineData("i 1306", JobQueryKind.Code, "I1306", null)]
    [InlineData("K2310", JobQueryKind.Code, "K2306", null)]
    [InlineData("Z9999", JobQueryKind.Unknown, "", null)]
    [InlineData("A9999", JobQueryKind.Code, "", null)]
    [InlineData("rncp 103", JobQueryKind.Certification, "K2306", null)]
    [InlineData("RS999", JobQueryKind.Certification, "", null)]
    [InlineData("22624", JobQueryKind.Contents, "I1306", null)]
    [InlineData("99999", JobQueryKind.Contents, "", null)]
    [InlineData("transition écologique en Bretagne", JobQueryKind.Theme, "K2301 K2306 I1306", "53")]
    [InlineData("métiers de l'eau", JobQueryKind.Theme, "K2301", null)]
    [InlineData("secteur du bâtiment", JobQueryKind.Sector, "F1603", null)]
    [InlineData("métiers en tension", JobQueryKind.Shortage, "I1306", null)]
    [InlineData("métiers en tension en Bretagne", JobQueryKind.Shortage, "I1306", "53")]
    [InlineData("métiers en tension dans le BTP en Bretagne", JobQueryKind.Shortage, "", "53")]
    [InlineData("frigorste", JobQueryKind.Guess, "I1306", null)]
    [InlineData("step", JobQueryKind.Guess, "K2301", null)]
    [InlineData("", JobQueryKind.Unknown, "", null)]
    [InlineData("😀", JobQueryKind.Unknown, "", null)]
    [InlineData("qqqq wwww", JobQueryKind.Unknown, "", null)]
    public void Query_resolves_to_jobs(string text, JobQueryKind kind, string jobs, string? region)
    {
        var query = Understanding.Understand(text);
        Assert.Equal((kind, jobs, region), (query.Kind, string.Join(' ', query.Chosen), query.Region?.Code));
    }

    [Fact]
    public void Any_query_text_has_an_answer() => Gen.String[0, 12_000].Sample(text =>
    {
        var query = Understanding.Understand(text);
        Assert.All(query.Jobs, job => Assert.InRange(job.Confidence, 0, 1));
        Assert.InRange(Understanding.Complete(text, 8).Count, 0, 8);
    }, iter: 200);

    [Fact]
    public void Titles_are_completed_from_any_of_their_words_those_that_begin_so_first()
    {
        Assert.Equal(
            ["Frigoriste", "Monteur / Monteuse frigoriste"],
            Understanding.Complete("frigo", 8).Select(row => row.Title));
        Assert.Equal(
            "K2306", Assert.Single(Understanding.Complete("Traitement dès E", 8).Select(row => row.Job).Distinct()));
        Assert.Empty(Understanding.Complete("f", 8));
    }

    [Fact]
    public void Certifications_come_declared_first_and_the_specific_register_is_reached_through_contents()
    {
        var found = Recommendations.Find(Catalogue, Understanding, new("frigoriste", []));
        Assert.Equal(["RNCP101", "RS201"], found.All.Select(recommendation => recommendation.Fiche.Fiche.Id));
        Assert.Equal(
            [LinkVerdict.Include, LinkVerdict.Include], found.All.Select(recommendation => recommendation.Verdict));
        Assert.Equal(
            "38 des 45 certifications de formacode «\u00a0Installation frigorifique\u00a0» le déclarent. 1 des 20 "
                + "certifications les plus proches le déclare\u00a0: RNCP101 (Technicien frigoriste). Mots en sa "
                + "faveur\u00a0: frigorigenes.",
            Catalogue.Why(found.All[1].Link).Fr);
        Assert.Equal(
            ["RNCP101", "RNCP102", "RS201"],
            Recommendations.Find(
                Catalogue,
                Understanding,
                new("frigoriste", [], WithExpired: true)).All.Select(recommendation => recommendation.Fiche.Fiche.Id));
    }

    [Fact]
    public void Filters_narrow_the_list_and_each_counts_under_the_others()
    {
        var all = Recommendations.Find(Catalogue, Understanding, new("transition écologique", []));
        // green jobs before those that are strategic, declared before estimated
        Assert.Equal(["RNCP103", "RNCP104", "RNCP101", "RS201"],
            all.All.Select(recommendation => recommendation.Fiche.Fiche.Id));
        Assert.Equal([(3, 1), (4, 2)], all.Levels.Select(level => (level.Key, level.Value)));

        var narrowed = Recommendations.Find(
            Catalogue, Understanding, new("transition écologique", [], Level: 4, Register: "RNCP"));
        Assert.Equal(["RNCP103", "RNCP101"], narrowed.All.Select(recommendation => recommendation.Fiche.Fiche.Id));
        Assert.Equal([(3, 1), (4, 2)], narrowed.Levels.Select(level => (level.Key, level.Value)));
        Assert.Equal(
            ["RS201"],
            Recommendations.Find(
                Catalogue,
                Understanding,
                new("transition écologique", [], Tier: LinkTier.Graph)).All
                .Select(recommendation => recommendation.Fiche.Fiche.Id));
    }

    [Fact]
    public void Job_without_certifications_is_listed()
    {
        var found = Recommendations.Find(Catalogue, Understanding, new("x", ["F1603", "I1306", "unknown"]));
        Assert.Equal(["F1603", "I1306"], found.Jobs);
        Assert.Empty(found.JobsWithout);
        Assert.Equal(
            LinkVerdict.Exclude, found.All.Single(recommendation => recommendation.Fiche.Fiche.Id == "RS202").Verdict);
        Assert.Equal(
            ["F1603"],
            Recommendations.Find(
                new(
                    Catalogue.Titles,
                    Catalogue.Jobs,
                    [.. Catalogue.Fiches.Where(fiche => fiche.Fiche.Id != "RS202")],
                    [],
                    []),
                Understanding,
                new("x", ["F1603"])).JobsWithout);
    }

    [Fact]
    public void Skill_is_named_where_half_of_its_words_are()
    {
        var coverage = SkillCoverage.Compute(MatchingSample.Fiches[0].Fiche, MatchingSample.Jobs[1]);
        Assert.Equal(["Installer un circuit frigorifique"], coverage.Named);
        Assert.Equal(["Relever des mesures électriques"], coverage.NotNamed);
    }

    [Fact]
    public void Passport_lists_held_and_missing_skills_and_what_each_certification_adds()
    {
        var passport = SkillsPassport.Compute(Catalogue, "I1306", ["je sais relever une mesure électrique"], []);
        Assert.Equal(["Relever des mesures électriques"], passport.Has);
        Assert.Equal(["Installer un circuit frigorifique"], passport.Missing);
        Assert.Equal(
            [("RNCP101", 1), ("RS201", 1)], passport.Steps.Select(step => (step.Fiche.Fiche.Id, step.Adds.Length)));

        // Who holds a certification of the job has its skills, and is not offered it again.
        var after = SkillsPassport.Compute(Catalogue, "I1306", [], ["RNCP101", "RNCP999"]);
        Assert.Empty(after.Missing);
        Assert.Equal(["RS201"], after.Steps.Select(step => step.Fiche.Fiche.Id));
    }
}
