using System.Collections.Immutable;
using System.Globalization;
using Cpf.Ml.Scoring.Neutrality.Audit;
using Cpf.Ml.Scoring.Neutrality.Logs;
using Cpf.Ml.Training.Statistics;

namespace Cpf.Ml.Training.Neutrality.Generation;

/// <summary>
/// Organisations and offers of an imagined platform. What they are says nothing of how relevant they are.
/// </summary>
internal sealed record SearchCatalogue(
    ImmutableArray<LoggedOrganisation> Organisations, ImmutableArray<LoggedOffer> Offers)
{
    /// <summary>Of an ordinary organisation.</summary>
    private const int OffersEach = 8;

    public static readonly DateOnly LastDay = new(2026, 6, 30);

    /// <summary>Who floods, where somebody does.</summary>
    public const string Flooding = "O0001";

    private static readonly (string, double)[] Sizes =
        [("micro", 0.4), ("small", 0.3), ("medium", 0.2), ("large", 0.1)];
    private static readonly (string, double)[] Kinds = [("private", 0.65), ("association", 0.2), ("public", 0.15)];
    private static readonly (string, double)[] Modalities = [("onsite", 0.5), ("remote", 0.35), ("mixed", 0.15)];
    private static readonly (string, double)[] Regions = [("11", 0.25),
        ("84", 0.15), ("93", 0.1), ("76", 0.1), ("75", 0.1), ("44", 0.1), ("53", 0.08), ("04", 0.06), ("02", 0.06)];

    public static SearchCatalogue Generate(SearchWorldOptions options)
    {
        var random = new Random(options.Seed);
        var organisations = Enumerable.Range(1, options.Organisations).Select(i => new LoggedOrganisation(
            string.Create(CultureInfo.InvariantCulture, $"O{i:D4}"),
            i == 1 && options.Flood > 0 ? "large" : Pick(random, Sizes), Pick(random, Kinds),
            LastDay.AddDays(-(random.NextDouble() switch
            {
                < 0.15 => random.Next(1, 170),
                < 0.3 => random.Next(190, 360),
                _ => random.Next(400, 2500)
            })))).ToImmutableArray();
        var offers = organisations.Index().SelectMany(organisation => Enumerable.Range(
            1, Math.Max(OffersEach, organisation.Index == 0 ? 4 * options.Flood : 0)).Select(j => new LoggedOffer(
            string.Create(CultureInfo.InvariantCulture, $"{organisation.Item.Id}-{j:D2}"),
            organisation.Index, Pick(random, Modalities),
            Pick(random, Regions), Math.Round(Math.Exp(7 + (0.6 * random.Normal())), 2), random.Next(3, 8),
            random.Chance(0.6) ? "RNCP" : "RS", random.Chance(0.3), (long)Math.Exp(6.5 + (0.7 * random.Normal())),
            Math.Round((organisation.Item.EnteredOn > LastDay.AddMonths(-6) ? options.EntrantsPopularity
                : 1) * Math.Exp(3 + random.Normal())))));
        return new(organisations, [.. offers]);
    }

    /// <summary>Whether an offer is of a group that a penalty is planted for.</summary>
    public bool Is(Penalty penalty, LoggedOffer offer) => AuditDimension.Named(penalty.Dimension)
        .GroupOf(new(offer, Organisations[offer.Organisation], LastDay)) == penalty.Group;

    private static string Pick(Random random, (string Name, double Share)[] shares)
    {
        var left = random.NextDouble();
        foreach (var (name, share) in shares)
        {
            if ((left -= share) < 0)
            {
                return name;
            }
        }

        return shares[^1].Name;
    }
}
