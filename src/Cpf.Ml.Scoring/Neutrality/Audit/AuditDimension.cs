using System.Collections.Immutable;
using Cpf.Ml.Scoring.Neutrality.Logs;

namespace Cpf.Ml.Scoring.Neutrality.Audit;

/// <summary>Something that offers differ in and that must not decide where they stand.</summary>
/// <param name="Id">As reports and commands call it.</param>
/// <param name="Name">Name of the dimension.</param>
/// <param name="GroupOf">Group of an offer; null where it is not known, which leaves the offer out of this
/// comparison.</param>
/// <param name="WordsOf">What a group is called.</param>
internal sealed record AuditDimension(
    string Id, Text Name, Func<AuditedOffer, string?> GroupOf, Func<string, Text> WordsOf)
{
    /// <summary>Who entered the platform later than this is new.</summary>
    private const int NewMonths = 6;

    /// <summary>Overseas departments and regions, Insee.</summary>
    internal static readonly ImmutableHashSet<string> Overseas = ["01", "02", "03", "04", "06"];

    /// <summary>Prices of a half to the double are of one band: borders are where most catalogues have about a third
    /// each.</summary>
    private const double Cheap = 800;

    private const double Dear = 1800;

    private static readonly ImmutableDictionary<string, Text> Words = new Dictionary<string, Text>
    {
        ["micro"] = new("très petits", "very small"),
        ["small"] = new("petits", "small"),
        ["medium"] = new("moyens", "medium-sized"),
        ["large"] = new("grands", "large"),
        ["public"] = new("publics", "public"),
        ["private"] = new("privés", "private"),
        ["association"] = new("associations", "associations"),
        ["new"] = new("moins de six mois", "less than six months"),
        ["recent"] = new("de six à douze mois", "six to twelve months"),
        ["settled"] = new("plus d'un an", "more than a year"),
        ["onsite"] = new("sur place", "on site"),
        ["remote"] = new("à distance", "at a distance"),
        ["mixed"] = new("mixtes", "mixed"),
        ["overseas"] = new("outre-mer", "overseas"),
        ["mainland"] = new("métropole", "mainland"),
        ["cheap"] = new("moins de 800 €", "less than €800"),
        ["middle"] = new("de 800 à 1 800 €", "€800 to €1,800"),
        ["dear"] = new("plus de 1 800 €", "more than €1,800"),
        ["yes"] = new("déclarées accessibles", "declared accessible"),
        ["no"] = new("non déclarées", "not declared"),
    }.ToImmutableDictionary();

    public static ImmutableArray<AuditDimension> All { get; } =
    [
        new("size",
            new("Taille de l'organisme", "Size of the organisation"), audited => audited.Organisation.Size, Known),
        new("kind", new("Statut de l'organisme", "Legal kind"), audited => audited.Organisation.Kind, Known),
        new("entrants",
            new("Ancienneté sur la plateforme", "Time on the platform"),
            audited => audited.Organisation.EnteredOn is { } day
            ? day.AddMonths(NewMonths) > audited.LastDay ? "new"
                : day.AddMonths(2 * NewMonths) > audited.LastDay ? "recent" : "settled"
            : null, Known),
        new("region",
            new("Région", "Region"), audited => audited.Offer.Region, code => new($"région {code}", $"region {code}")),
        new("overseas", new("Outre-mer", "Overseas"),
            audited => audited.Offer.Region is { } code ? Overseas.Contains(code) ? "overseas" : "mainland" : null,
            Known),
        new("modality", new("Modalité", "Modality"), audited => audited.Offer.Modality, Known),
        new("price", new("Prix", "Price"), audited => audited.Offer.Price is { } price
            ? price < Cheap ? "cheap" : price <= Dear ? "middle" : "dear" : null, Known),
        new("level",
            new("Niveau", "Level"),
            audited => audited.Offer.Level?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            level => new($"niveau {level}", $"level {level}")),
        new("register",
            new("Répertoire", "Register"), audited => audited.Offer.Register, register => new(register, register)),
        new("accessibility", new("Accessibilité", "Accessibility"),
            audited => audited.Offer.IsAccessible is { } known ? known ? "yes" : "no" : null, Known),
        new("size-modality",
            new("Taille et modalité", "Size and modality"), audited => audited.Organisation.Size is { } size
            && audited.Offer.Modality is { } modality ? $"{size} {modality}" : null, Both),
    ];

    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public static AuditDimension Named(string id) =>
        All.FirstOrDefault(dimension => dimension.Id == id) ?? throw new ArgumentException(
            $"No dimension {id}: {string.Join(", ", All.Select(dimension => dimension.Id))}.", nameof(id));

    private static Text Known(string group) => Words.GetValueOrDefault(group, new(group, group));

    private static Text Both(string groups)
    {
        var parts = groups.Split(' ').Select(Known).ToList();
        return new(string.Join(", ", parts.Select(part => part.Fr)), string.Join(", ", parts.Select(part => part.En)));
    }
}

/// <summary>An offer with its organisation, as dimensions group it.</summary>
/// <param name="Offer">The offer.</param>
/// <param name="Organisation">Its organisation.</param>
/// <param name="LastDay">Last day of the log.</param>
internal readonly record struct AuditedOffer(LoggedOffer Offer, LoggedOrganisation Organisation, DateOnly LastDay);
