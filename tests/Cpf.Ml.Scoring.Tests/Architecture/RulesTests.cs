using System.Reflection;
using Cpf.Ml.Tests.Architecture;

namespace Cpf.Ml.Scoring.Tests.Architecture;

/// <summary>The rules themselves, tried on the planted types of <c>Violations.cs</c>.</summary>
public sealed class RulesTests
{
    private const string Violations = "Cpf.Ml.Scoring.Tests.Architecture.Violations";

    private static readonly Assembly Here = typeof(RulesTests).Assembly;
    private static readonly FolderGraph Planted = new(Here, Violations);

    [Theory]
    [InlineData("ByConstructor", "Certification")]
    [InlineData("ByLocal", "Certification")]
    [InlineData("ByTypeArgument", "Certification")]
    [InlineData("ByStaticCall", "Certification")]
    [InlineData("ByClosure", "Certification")]
    [InlineData("ByAttribute", "Certification")]
    [InlineData("ByEnumValue", "Grade")]
    [InlineData("ByConstraint", "IRanked")]
    [InlineData("ByCatch", "CertificationException")]
    [InlineData("ByIterator", "Certification")]
    public void Graph_sees_a_use(string user, string used) => Assert.Contains(
        $"Transactions -> Certifications: {user} -> {used}", Planted.Uses("Transactions", "Certifications"));

    /// <summary>The compiler writes the value in its place and leaves no trace of where it came from.</summary>
    [Fact]
    public void Graph_cannot_see_a_constant() => Assert.DoesNotContain(
        Planted.Uses("Transactions", "Certifications"),
        line => line.Contains("ByConstantOnly", StringComparison.Ordinal));

    [Fact]
    public void Layers_name_both_types_of_an_arrow_upwards() => Assert.Equal(
        ["Dossiers -> Certifications: Grading -> Grade", "Dossiers/Inner -> Certifications: UsesItsParent -> Grade"],
        new FolderLayers(["Certifications"], ["Transactions"], ["Dossiers/Inner"], ["Dossiers"]).Broken(Planted)
            .Where(line => line.StartsWith("Dossiers", StringComparison.Ordinal)));

    [Fact]
    public void Folders_side_by_side_do_not_see_each_other() => Assert.Equal(
        ["Transactions -> Dossiers: ByEnumValue -> Grading"],
        new FolderLayers(["Transactions", "Dossiers: Inner > ."], ["Certifications"]).Broken(Planted));

    [Fact]
    public void Folders_inside_one_have_layers_of_their_own() => Assert.Equal(
        ["Dossiers/Inner -> Dossiers: UsesItsParent -> Grading"],
        new FolderLayers(["Transactions"], ["Dossiers: . > Inner"], ["Certifications"]).Broken(Planted));

    [Fact]
    public void Layers_that_hold_have_nothing_to_say() =>
        Assert.Empty(new FolderLayers(["Transactions"], ["Dossiers: Inner > ."], ["Certifications"]).Broken(Planted));

    [Fact]
    public void Layers_name_a_folder_that_they_forget_and_one_that_is_no_more() => Assert.Equal(
        [
            "Dossiers/Inner: in no layer",
            "Gone: in a layer, but no such folder",
            "Dossiers/Inner -> Certifications: UsesItsParent -> Grade",
            "Dossiers/Inner -> Dossiers: UsesItsParent -> Grading",
        ],
        new FolderLayers(["Transactions"], ["Dossiers"], ["Certifications"], ["Gone"]).Broken(Planted));

    [Fact]
    public void Graph_names_the_types_of_a_circle() => Assert.Equal(
        [
            "Lower -> Upper: Back -> Forth",
            "Lower/Deep -> Lower: Deeper -> Back",
            "Upper -> Lower/Deep: Forth -> Deeper",
        ],
        new FolderGraph(Here, "Cpf.Ml.Scoring.Tests.Architecture.Circles").Circles());

    [Fact]
    public void Graph_without_a_circle_names_none() => Assert.Empty(Planted.Circles());

    [Fact]
    public void Capabilities_that_meet_are_named() => Assert.Contains(
        $"{Violations}.Transactions.ByConstructor -> {Violations}.Certifications.Certification",
        ArchitectureRules.CapabilitiesThatMeet(Here, Violations));

    [Fact]
    public void Users_of_files_are_named_unless_they_are_allowed()
    {
        Assert.Contains(
            $"{Violations}.Transactions.ReadsFiles -> System.IO.File",
            ArchitectureRules.UsersOf(Here, ["System.IO.File"]));
        Assert.DoesNotContain(
            $"{Violations}.Transactions.ReadsFiles -> System.IO.File",
            ArchitectureRules.UsersOf(Here, ["System.IO.File"], $"{Violations}.Transactions"));
    }

    [Fact]
    public void Open_classes_are_named() =>
        Assert.Contains($"{Violations}.Transactions.Open", ArchitectureRules.OpenClasses(Here));
}
