using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Matching.Query;

/// <summary>A sector as the ROME cuts them: the letter that its codes begin with.</summary>
internal sealed record Sector(char Letter, Text Name, ImmutableArray<string> Words)
{
    public static ImmutableArray<Sector> All { get; } =
    [
        new('A', new("agriculture, espaces naturels, soins aux animaux", "agriculture and nature"),
            ["agriculture", "agricole"]),
        new('B', new("arts et façonnage d'ouvrages d'art", "arts and crafts"), ["artisanat d'art", "metiers d'art"]),
        new('C', new("banque, assurance, immobilier", "banking, insurance, property"),
            ["banque", "assurance", "immobilier"]),
        new('D', new("commerce et vente", "trade and sales"), ["commerce", "vente", "grande distribution"]),
        new('E', new("communication, média et multimédia", "communication and media"), ["communication", "medias"]),
        new('F', new("construction, bâtiment et travaux publics", "construction"),
            ["batiment", "btp", "construction", "travaux publics"]),
        new('G', new("hôtellerie-restauration, tourisme, loisirs", "hospitality, tourism, leisure"),
            ["hotellerie", "restauration", "hotellerie restauration", "tourisme"]),
        new('H', new("industrie", "manufacturing"), ["industrie"]),
        new('I', new("installation et maintenance", "installation and maintenance"), ["maintenance"]),
        new('J', new("santé", "health"), ["sante"]),
        new('K', new("services à la personne et à la collectivité", "personal and public services"),
            ["services a la personne", "aide a la personne"]),
        new('L', new("spectacle", "performing arts"), ["spectacle"]),
        new('M',
            new("support à l'entreprise", "business support"), ["informatique et gestion", "support a l'entreprise"]),
        new('N', new("transport et logistique", "transport and logistics"),
            ["transport", "logistique", "transport et logistique"]),
    ];
}
