using System.Reflection;
using Cpf.Ml.Tests.Architecture;

namespace Cpf.Ml.Training.Tests;

public sealed class ArchitectureTests
{
    private static readonly Assembly Training = typeof(Program).Assembly;
    private static readonly FolderGraph Graph = new(Training, "Cpf.Ml.Training");

    private static readonly FolderLayers Layers = new(
        ["."],
        [
            "Transactions: . > Evaluation > Learning Generation Evaluation/Nab",
            "Certifications: . > Evaluation/Adbench > Evaluation > Learning > Learning/Boosting",
            "Matching: . > Evaluation > Learning Import > Data",
            "Neutrality: . > Evaluation > Learning Probes Generation Evaluation/Vectors > Data",
        ],
        ["Platform/Generation > Platform/Generation/Schemes > Platform/Generation/Worlds", "Platform/OpenData"],
        ["Platform/Register"],
        ["Platform"],
        ["Figures"],
        ["Commands"],
        ["Statistics", "Data"]);

    [Fact]
    public void Training_does_not_reference_the_Worker() => Assert.DoesNotContain(
        Training.GetReferencedAssemblies(),
        reference => reference.Name == "Cpf.Ml.Worker"
            || reference.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    [Fact]
    public void Folders_use_only_those_below_them() => ArchitectureRules.AssertNone(Layers.Broken(Graph));

    [Fact]
    public void Folders_are_in_no_circle() => ArchitectureRules.AssertNone(Graph.Circles());

    [Fact]
    public void Capabilities_do_not_use_each_other() =>
        ArchitectureRules.AssertNone(
            ArchitectureRules.CapabilitiesThatMeet(Training, "Cpf.Ml.Training", "Cpf.Ml.Scoring"));
}
