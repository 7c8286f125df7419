using System.Collections.Immutable;
using Cpf.Ml.Scoring.Matching.Wording;

namespace Cpf.Ml.Scoring.Matching;

/// <summary>A region of France.</summary>
/// <param name="Code">Two digits, of the official geographic code (Insee).</param>
public sealed record Region(string Code, string Name)
{
    public static ImmutableArray<Region> All { get; } =
    [
        new("84", "Auvergne-Rhône-Alpes"), new("27", "Bourgogne-Franche-Comté"), new("53", "Bretagne"), new("24", "Centre-Val de Loire"), new("94", "Corse"), new("44", "Grand Est"),
        new("01", "Guadeloupe"), new("03", "Guyane"), new("32", "Hauts-de-France"), new("11", "Île-de-France"), new("04", "La Réunion"), new("02", "Martinique"), new("06", "Mayotte"),
        new("28", "Normandie"), new("75", "Nouvelle-Aquitaine"), new("76", "Occitanie"), new("52", "Pays de la Loire"), new("93", "Provence-Alpes-Côte d'Azur"),
    ];

    public static Region? Find(string? code) => All.FirstOrDefault(one => one.Code == code);

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

    private static readonly string[] Before = ["dans la region ", "region ", "dans les ", "dans le ", "en ", "a ", "aux ", "au ", ""];
}
