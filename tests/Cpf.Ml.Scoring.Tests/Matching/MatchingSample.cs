using System.Collections.Immutable;
using Cpf.Ml.Scoring.Matching;
using Cpf.Ml.Scoring.Matching.Model;
using Cpf.Ml.Scoring.Models;

namespace Cpf.Ml.Scoring.Tests.Matching;

/// <summary>An imagined register of a few certifications on four jobs.</summary>
internal static class MatchingSample
{
    public static ImmutableArray<Job> Jobs { get; } =
    [
        new("F1603", "Installation d'équipements sanitaires et thermiques")
        {
            Titles = ["Plombier / Plombière"],
            Recent = [new("F1603", "Plombier / Plombière", "Emploi Blanc", null, null)],
        },
        new("I1306", "Installation et maintenance en froid, conditionnement d'air")
        {
            Titles = ["Frigoriste", "Monteur / Monteuse frigoriste"],
            Recent = [new("I1306", "Frigoriste", "Emploi stratégique pour la Transition écologique", null, null)],
            Skills = ["Installer un circuit frigorifique", "Relever des mesures électriques"],
        },
        new("K2301", "Distribution et assainissement d'eau")
        {
            Titles = ["Agent / Agente d'assainissement", "Agent / Agente de station d'épuration -STEP-"],
            Recent = [new("K2301", "Agent / Agente d'assainissement", "Emploi Vert", null, null)],
        },
        new("K2306", "Supervision d'exploitation éco-industrielle")
        {
            Titles = ["Technicien / Technicienne en traitement des eaux"],
            Recent = [new("K2310", "Technicien / Technicienne en traitement des eaux", "Emploi Vert", true, null)],
        },
    ];

    public static ImmutableArray<CataloguedFiche> Fiches { get; } =
    [
        new(
            Fiche("RNCP101", "Technicien frigoriste", 4, "I1306") with
            {
                Formacodes = [new("22624", "Installation frigorifique")],
                Blocks = ["Installer un circuit frigorifique"],
            },
            [Declared("I1306", 0.9)]),
        new(
            Fiche("RNCP102", "Monteur frigoriste", 3, "I1306") with { IsActive = false, ExpiresOn = new(2024, 1, 1) },
            [Declared("I1306", 0.8)]),
        new(
            Fiche("RNCP103", "Technicien de traitement des eaux", 4, "K2306") with
            {
                Certifiers = ["Ministère du Travail"],
            },
            [
                Declared("K2306", 0.95),
                new(
                    "K2301",
                    LinkTier.Siblings,
                    0.4,
                    new(LinkTier.Siblings, [], null, 0, 0, ["RNCP104"], "RNCP101", ["eaux"])),
            ]),
        new(
            Fiche("RNCP104", "Agent d'assainissement", 3, "K2301") with { ExpiresOn = new(2026, 12, 1) },
            [Declared("K2301", 0.9)]),
        new(
            new Fiche(
                "RS201",
                "Manipuler des fluides frigorigènes",
                "",
                null) { IsActive = true, Formacodes = [new("22624", "Installation frigorifique")] },
            [
                new(
                    "I1306",
                    LinkTier.Graph,
                    0.92,
                    new(
                        LinkTier.Graph, [], new("22624", "Installation frigorifique"), 45, 38, ["RNCP101"], null,
                        ["frigorigenes"]))
            ]),
        new(
            new Fiche("RS202", "Souder au plomb", "", null) { IsActive = true },
            [new("F1603", LinkTier.Text, 0.06, new(LinkTier.Text, [], null, 0, 0, [], null, ["plomb"]))]),
    ];

    public static ImmutableArray<Shortage> Shortages { get; } =
    [
        new("I1306", null) { Categories = [5, 2], Year = 2019, Difficulty = 0.68 },
        new("I1306", "53") { Categories = [5], Year = 2019, Areas = 20, TenseAreas = 12, AreasYear = 2020 },
        new("K2301", "53") { Categories = [2], Year = 2019 },
    ];

    public static ImmutableArray<LinkBand> Bands { get; } = [
        new(LinkTier.Graph, 0.9, 0.1, 100, 500, 0.01),
        new(LinkTier.Siblings, 1.01, 0.02, 100, 500, 0.01),
        new(LinkTier.Text, 1.01, 0.1, 10, 900, 0.01),
    ];

    public static MatchingCatalogue Catalogue() => new(Titles(), Jobs, Fiches, Shortages, Bands);

    /// <summary>As <c>train matching</c> would have written it.</summary>
    public static void Write(string folder, IEnumerable<CataloguedFiche>? fiches = null)
    {
        var (space, titles) = (FeatureSpace.Build([]), Titles());
        ImmutableArray<string> codes = [.. Jobs.Select(job => job.Code)];
        var none = new LinearModel([], new float[LinearModel.StrideOf(codes.Length)]);
        var even = new SignalRegression([], [], [], 0);
        var knowledge = MatchingKnowledge.Build(
            codes,
            new float[codes.Length],
            space,
            none,
            none,
            [],
            Jobs,
            new Dictionary<string, ImmutableArray<string>>());
        var files = MatchingFiles.Write(
            new MatchingModel(knowledge, new(even, even, even), titles, Jobs), [.. fiches ?? Fiches], Shortages, Bands);
        ModelFolder.Write(
            folder,
            ModelFolder.Seal(
                new MatchingManifest
                {
                    Name = MatchingModel.Name,
                    Code = "test",
                    Signals = LinkSignals.Names,
                    Fiches = 4,
                    Jobs = codes.Length,
                    RegisterOn = new DateOnly(2026, 2, 1),
                    Data = new Dictionary<string, string>(),
                },
                files),
            files,
            new Dictionary<string, byte[]>());
    }

    private static Fiche Fiche(string id, string title, int level, string job) =>
        new(id, title, "TP", level) { Jobs = [job], IsActive = true };

    private static CataloguedLink Declared(string job, double fits) => new(job, LinkTier.Declared, fits, null);

    /// <summary>A job gets what its titles have in common with what is typed.</summary>
    private static JobTitleModel Titles()
    {
        var rows = Jobs.SelectMany(
            job => job.Titles.Select(title => (job.Code, Features: FicheFeatures.OfTitle(title).ToArray()))).ToList();
        var space = FeatureSpace.Build([.. rows.Concat(rows).Select(row => row.Features)]);
        var stride = LinearModel.StrideOf(Jobs.Length);
        var weights = new float[space.Count * stride];
        foreach (var (code, features) in rows)
        {
            foreach (var index in space.Row(features).Places)
            {
                weights[(index * stride) + Jobs.Index().First(job => job.Item.Code == code).Index] = 4;
            }
        }

        return new JobTitleModel(
            [.. Jobs.Select(job => job.Code)], space, new LinearModel(weights, [.. Enumerable.Repeat(-4f, stride)]));
    }
}
