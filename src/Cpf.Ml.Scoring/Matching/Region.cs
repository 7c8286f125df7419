using System.Collections.Immutable;
using Cpf.Ml.Scoring.Matching.Wording;

namespace Cpf.Ml.Scoring.Matching;

/// <summary>A region of France.</summary>
/// <param name="Code">Two digits, of the official geographic code (Insee).</param>
/// <param name="Name">Official name, in French.</param>
/// <param name="Departments">Codes of its departments, separated by blanks.</param>
public sealed record Region(string Code, string Name, string Departments)
{
    /// <summary>All 18 regions, overseas ones included, by name.</summary>
    public static ImmutableArray<Region> All { get; } =
    [
        new("84", "Auvergne-Rhône-Alpes", "01 03 07 15 26 38 42 43 63 69 73 74"),
        new("27", "Bourgogne-Franche-Comté", "21 25 39 58 70 71 89 90"),
        new("53", "Bretagne", "22 29 35 56"),
        new("24", "Centre-Val de Loire", "18 28 36 37 41 45"),
        new("94", "Corse", "2A 2B 20"),
        new("44", "Grand Est", "08 10 51 52 54 55 57 67 68 88"),
        new("01", "Guadeloupe", "971"),
        new("03", "Guyane", "973"),
        new("32", "Hauts-de-France", "02 59 60 62 80"),
        new("11", "Île-de-France", "75 77 78 91 92 93 94 95"),
        new("04", "La Réunion", "974"),
        new("02", "Martinique", "972"),
        new("06", "Mayotte", "976"),
        new("28", "Normandie", "14 27 50 61 76"),
        new("75", "Nouvelle-Aquitaine", "16 17 19 23 24 33 40 47 64 79 86 87"),
        new("76", "Occitanie", "09 11 12 30 31 32 34 46 48 65 66 81 82"),
        new("52", "Pays de la Loire", "44 49 53 72 85"),
        new("93", "Provence-Alpes-Côte d'Azur", "04 05 06 13 83 84"),
    ];

    /// <summary>Finds a region by its code; null where there is none.</summary>
    /// <param name="code">Two digits, of the official geographic code (Insee).</param>
    public static Region? Find(string? code) => All.FirstOrDefault(region => region.Code == code);

    /// <summary>Finds the region of a department; null where there is none.</summary>
    /// <param name="department">Code, as <c>2A</c>, <c>35</c> or <c>971</c>.</param>
    public static Region? FindByDepartment(string department) =>
        All.FirstOrDefault(region => region.Departments.Split(' ').Contains(department));

    /// <summary>The region that a text names, and the text without it: « frigoriste en Pays de la Loire ».</summary>
    /// <param name="folded">Without case and accents, see <see cref="FrenchText.Fold"/>.</param>
    internal static (Region? Region, string Without) In(string folded)
    {
        foreach (var region in All)
        {
            var name = FrenchText.Fold(region.Name);
            foreach (var before in Before)
            {
                if (folded.EndsWith($" {before}{name}", StringComparison.Ordinal) || folded == before + name)
                {
                    return (region, folded[..^(before.Length + name.Length)].Trim());
                }
            }
        }

        return (null, folded);
    }

    private static readonly string[] Before =
        ["dans la region ", "region ", "dans les ", "dans le ", "en ", "a ", "aux ", "au ", ""];
}
