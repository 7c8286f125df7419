using Cpf.Ml.Scoring.Matching.Wording;

namespace Cpf.Ml.Scoring.Tests.Matching;

public sealed class WordingTests
{
    [Theory]
    [InlineData("Agent / Agente de maintenance", "Agent de maintenance", "Agente de maintenance")]
    [InlineData("Agent technique / Agente technique de forêt", "Agent technique de forêt", "Agente technique de forêt")]
    [InlineData("Chef de chantier", "Chef de chantier", null)]
    [InlineData("Hôte d'accueil / Hôtesse", "Hôte d'accueil", "Hôtesse")]
    public void Title_in_two_forms_keeps_its_ending_in_both(string title, string masculine, string? feminine) =>
        Assert.Equal(feminine is null ? [masculine] : [masculine, feminine], JobTitle.Forms(title));

    [Theory]
    [InlineData(
        "Technicien (ne) supérieur (e) d'applications électroniques",
        "Technicien supérieur d'applications électroniques")]
    [InlineData("Opérateur (trice) régleur (se) sur fraiseuse", "Opérateur régleur sur fraiseuse")]
    [InlineData("Technicien·ne de laboratoire", "Technicien de laboratoire")]
    [InlineData("Délégué à la protection des données (DPO)", "Délégué à la protection des données (DPO)")]
    public void Feminine_endings_in_brackets_go_and_nothing_else(string title, string plain) =>
        Assert.Equal(plain, JobTitle.Masculine(title));

    [Theory]
    [InlineData("TP - Technicien de production industrielle", "", "technicien de production industrielle", "", "TP")]
    [InlineData(
        "Master Domaine Sciences Humaines Mention « Urbanisme et aménagement »",
        "MASTER",
        "urbanisme et amenagement »",
        "domaine sciences humaines ",
        "MASTER")]
    [InlineData(
        "ingénieur diplômé de l'INSA de Lyon, spécialité génie mécanique",
        "Titre ingénieur",
        "genie mecanique",
        "de l'insa de lyon, ",
        "Titre ingénieur")]
    [InlineData("Assistant juridique : option judiciaire", "", "assistant juridique : option judiciaire", "", "")]
    [InlineData("BTS", "", "bts", "", "")]
    public void Diploma_title_is_split_into_subject_addition_and_kind(
        string title, string declared, string main, string side, string type) =>
        Assert.Equal(new DiplomaTitle(main, side, type), DiplomaTitle.Parse(title, declared));

    [Fact]
    public void Words_have_no_accents_and_no_small_words() =>
        Assert.Equal(["oeuvre", "art", "eau"], FrenchText.Words(FrenchText.Fold("Œuvre d’Art et de l'Eau")));

    [Theory]
    [InlineData("")]
    [InlineData("'; DROP TABLE fiches; --")]
    [InlineData("😀😀 / 😀")]
    [InlineData("(e) / (ne)")]
    public void Absurd_titles_are_parsed_without_an_error(string title)
    {
        Assert.NotNull(DiplomaTitle.Parse(title, string.Empty));
        Assert.NotEmpty(JobTitle.Forms(title));
    }
}
