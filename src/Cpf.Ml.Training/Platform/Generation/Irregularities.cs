using Cpf.Ml.Training.Platform.Generation.Worlds;
using Cpf.Ml.Training.Statistics;

namespace Cpf.Ml.Training.Platform.Generation;

/// <summary>
/// What honest organisations do that a rule alone would hold against them: without it, a single shared account or
/// subcontract would be proof of a fraud, and every score would look better than it is.
/// </summary>
/// <remarks>No figures are published of these: the shares are assumed, many times more frequent than the frauds that
/// they look like.</remarks>
internal static class Irregularities
{
    private const double Subcontracts = 0.12;
    private const double ShareOfAccount = 0.01;
    private const double LatePublication = 0.04;
    private const double PromotionalWords = 0.006;
    private static readonly string[] Words = [" - support de cours offert", " (sur tablette)", " - petit-déjeuner "
        + "offert", " - niveau Bac +3 conseillé"];

    public static void Spread(World world)
    {
        var random = new Random(unchecked(world.Options.Seed + 7_919));
        Subcontract(world, random);
        ShareAccounts(world, random);
        PublishLate(world, random);
        Promote(world, random);
    }

    /// <summary>Part of it, to somebody who trains: well below what the law allows.</summary>
    private static void Subcontract(World world, Random random)
    {
        foreach (var (certification, organisation) in world.Certifications.SelectMany(
            certification =>
                certification.Sellers.Select(seller => (certification, seller.Offers[0].Organisation)).Distinct()))
        {
            if (random.Chance(Subcontracts))
            {
                world.Subcontracting.Add((
                    organisation, world.Organisations[random.Next(world.Organisations.Count)],
                    certification, world.Options.Begin.AddDays(random.Next(90)),
                    Math.Min(0.75, random.Beta(0.35, 5)), random.Chance(0.9)));
            }
        }
    }

    /// <summary>Companies of one group, paid into the account of its head.</summary>
    private static void ShareAccounts(World world, Random random)
    {
        foreach (var organisation in world.Organisations.Where(_ => random.Chance(ShareOfAccount)))
        {
            organisation.Iban = world.Organisations[random.Next(world.Organisations.Count)].Iban;
        }
    }

    /// <summary>
    /// A right that its certifier publishes weeks after the first sale; two months are allowed (decree 2025-500).
    /// </summary>
    private static void PublishLate(World world, Random random)
    {
        for (var i = 0; i < world.Habilitations.Count; i++)
        {
            if (random.Chance(LatePublication))
            {
                world.Habilitations[i] = world.Habilitations[i]
                    with
                { BeginsOn = world.Habilitations[i].BeginsOn.AddDays(random.Next(60, 180)) };
            }
        }
    }

    private static void Promote(World world, Random random)
    {
        foreach (var offers in world.Certifications.SelectMany(certification => certification.Sellers)
            .Select(seller => seller.Offers))
        {
            for (var i = 0; i < offers.Count; i++)
            {
                offers[i] = random.Chance(PromotionalWords)
                    ? offers[i] with { Title = offers[i].Title + Words[random.Next(Words.Length)] } : offers[i];
            }
        }
    }
}
