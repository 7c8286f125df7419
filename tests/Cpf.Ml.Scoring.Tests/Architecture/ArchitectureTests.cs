using System.Reflection;
using Cpf.Ml.Tests.Architecture;

namespace Cpf.Ml.Scoring.Tests.Architecture;

public sealed class ArchitectureTests
{
    private static readonly string[] Hosting = [
        "Microsoft.Extensions",
        "Microsoft.AspNetCore",
        "System.Net",
        "Npgsql",
        "Microsoft.Data.Sqlite",
    ];
    private static readonly string[] Files = [
        "System.IO.File",
        "System.IO.FileInfo",
        "System.IO.FileStream",
        "System.IO.Directory",
        "System.IO.DirectoryInfo",
    ];

    private static readonly Assembly Scoring = typeof(Score).Assembly;
    private static readonly FolderGraph Graph = new(Scoring, "Cpf.Ml.Scoring");

    private static readonly FolderLayers Layers = new(
        [
            "Transactions: Pipeline Model > Alerting > Detection > Baselines > Evidence Durations > Calendar "
                + "Minutes > .",
            "Certifications: . > Model > Evidence > Peers Dossiers > Features Outliers",
            "Matching: Query Perimeters > Model Market > . > Wording",
            "Neutrality: Report > Audit > Correction Clicks > Logs > Model Metrics",
        ],
        ["Alerts"],
        ["Statistics"],
        ["Models", "Platform"],
        ["."]);

    [Fact]
    public void Scoring_knows_neither_worker_nor_training() => Assert.DoesNotContain(
        Scoring.GetReferencedAssemblies(), reference => reference.Name is "Cpf.Ml.Worker" or "cpf-ml");

    [Fact]
    public void Scoring_uses_no_hosting_no_network_and_no_database_server() =>
        ArchitectureRules.AssertNone(ArchitectureRules.UsersOf(Scoring, Hosting));

    [Fact]
    public void Scoring_touches_files_in_models_and_platform_only() =>
        ArchitectureRules.AssertNone(
            ArchitectureRules.UsersOf(Scoring, Files, "Cpf.Ml.Scoring.Models", "Cpf.Ml.Scoring.Platform"));

    [Fact]
    public void Folders_use_only_those_below_them() => ArchitectureRules.AssertNone(Layers.Broken(Graph));

    [Fact]
    public void Folders_are_in_no_circle() => ArchitectureRules.AssertNone(Graph.Circles());

    [Fact]
    public void Capabilities_do_not_use_each_other() =>
        ArchitectureRules.AssertNone(ArchitectureRules.CapabilitiesThatMeet(Scoring, "Cpf.Ml.Scoring"));

    [Fact]
    public void Public_classes_are_closed() => ArchitectureRules.AssertNone(ArchitectureRules.OpenClasses(Scoring));
}
