using Cpf.Ml.Training.Platform.Generation.Worlds;
using Cpf.Ml.Training.Statistics;

namespace Cpf.Ml.Training.Platform.Generation;

/// <summary>Certifications, organisations and offers as they are before anything happens.</summary>
internal static class Population
{
    /// <summary>Ten certifications have 42 % of the offers (catalogue of end 2023).</summary>
    private const int Largest = 10;
    private const double LargestShare = 0.42;

    /// <summary>14 000 organisations for 3 400 certifications.</summary>
    private const double OrganisationsEach = 4.1;

    /// <summary>
    /// 192 000 offers for 3 400 certifications, of which a seller has about three in the years of a world.
    /// </summary>
    private const double SellersEach = 19;

    /// <param name="titles">Of the real register; null invents them.</param>
    public static World Build(GeneratorOptions options, IReadOnlyList<RegisterEntry>? titles)
    {
        var world = new World(options);
        Certify(world, titles);
        FoundAll(world);
        foreach (var certification in world.Certifications)
        {
            Sell(world, certification);
        }

        Irregularities.Spread(world);
        Assignment.Assign(world);
        return world;
    }

    private static void Certify(World world, IReadOnlyList<RegisterEntry>? titles)
    {
        var (random, options) = (world.Random, world.Options);
        var shares = Domain.All.Sum(domain => domain.Share);
        for (var i = 0; i < options.Certifications; i++)
        {
            var entry = titles is null ? null : titles[(int)((long)i * titles.Count / options.Certifications)];
            var domain = entry?.Domain ?? Pick(random.NextDouble() * shares);
            var isSkill = entry is null && random.Chance(0.4);
            var registered = options.Begin.AddDays(-random.Next(30, 1500));
            var longer = Math.Exp(0.45 * random.Normal()) * (isSkill ? 0.6 : 1.6);
            world.Certifications.Add(new Certification(i, domain)
            {
                Id = entry?.Id ?? (isSkill ? $"RS{5000 + i}" : $"RNCP{34000 + i}"),
                Title = entry?.Title ?? Wording.Title(domain, isSkill, random),
                Standard = Wording.Standard(domain, random),
                Level = isSkill ? null : entry?.Level ?? 3 + random.Next(5),
                CertifierId = $"CERT{random.Next(Math.Max(2, options.Certifications / 3))}",
                RegisteredOn = registered,
                LaunchedOn = registered.AddDays(60),
                ExpiresOn = options.End.AddDays(random.Chance(0.03) ? -random.Next(30, 200) : random.Next(60, 1400)),
                HasMinimumHours = random.Chance(0.6),
                Hours = domain.Hours * longer,
                // an hour of a long training costs less
                Hourly = domain.Hourly * Math.Exp(0.2 * random.Normal()) * Math.Pow(longer, -0.3),
                Remote = random.Beta(domain.Remote, 8),
                Growth = 0.15 * random.Normal(),
                Finished = random.Beta(0.81, 40),
                Presented = random.Beta(0.65, 12),
                Passed = random.Beta(0.89, 25),
                Complaints = 0.004 * random.Gamma(2) / 2,
                FreshAccounts = random.Beta(0.08, 40),
                Weight = Math.Exp(1.3 * random.Normal()),
            });
        }

        var bySize = world.Certifications.OrderByDescending(certification => certification.Weight).ToList();
        var (largest, others) = (bySize.Take(Largest).Sum(certification => certification.Weight),
            bySize.Skip(Largest).Sum(certification => certification.Weight));
        foreach (var (index, item) in bySize.Index())
        {
            item.Weight *= index < Largest ? LargestShare / largest : (1 - LargestShare) / others;
        }
    }

    private static Domain Pick(double share)
    {
        foreach (var domain in Domain.All)
        {
            share -= domain.Share;
            if (share < 0)
            {
                return domain;
            }
        }

        return Domain.All[^1];
    }

    /// <summary>Some share an address, an accountant's telephone or a manager for good reasons.</summary>
    private static void FoundAll(World world)
    {
        var (random, begin) = (world.Random, world.Options.Begin);
        var count = Math.Max(40, (int)(OrganisationsEach * world.Options.Certifications));
        var days = world.Options.End.DayNumber - new DateOnly(2004, 1, 1).DayNumber - 60;
        for (var i = 0; i < count; i++)
        {
            // Half are older than the world; of the others as many are founded each day.
            var created = random.Chance(0.6) ? begin.AddDays(-random.Next(400, 5000))
                : new DateOnly(2004, 1, 1).AddDays(random.Next(days));
            var company = i > 0 && random.Chance(0.03) ? world.Organisations[random.Next(i)] : null;
            var organisation =
                world.Found(created, Math.Min(300, Math.Pow(1 - random.NextDouble(), -0.8)), company: company);
            organisation.Address = random.Chance(0.05) ? Draws.Mix(10, random.Next(Math.Max(1, count / 400)))
                : organisation.Address;
            organisation.Phone = random.Chance(0.04) ? Draws.Mix(11, random.Next(Math.Max(1, count / 600)))
                : organisation.Phone;
            if (i > 0 && random.Chance(0.03))
            {
                organisation.Director = world.Organisations[random.Next(i)].Director;
            }

            organisation.DelistedOn = random.Chance(0.01) ? begin.AddDays(random.Next(600)) : null;
        }
    }

    private static void Sell(World world, Certification certification)
    {
        var (random, options) = (world.Random, world.Options);
        var wanted = Math.Pow(certification.Weight * options.Certifications, 0.8) * SellersEach / 2;
        var count = (int)Math.Clamp(wanted * random.Gamma(3) / 3, 1, world.Organisations.Count / 3.0);
        var trains = random.Chance(0.2);
        for (var i = 0; i < count; i++)
        {
            var organisation = Seller(world, certification);
            if (trains && i == 0)
            {
                certification.CertifierId = organisation.Id;
            }

            var begins = Later(certification.LaunchedOn, organisation.ActivityDeclaredOn)
                .AddDays(random.Next(200) * (i == 0 ? 0 : 1));
            if (begins >= options.End || begins >= certification.ExpiresOn)
            {
                continue;
            }

            Sellers.Add(world, certification, organisation, Math.Pow(organisation.Size, 0.7) * random.Gamma(1), begins);
        }
    }

    /// <summary>Mostly one that has not been delisted.</summary>
    private static Organisation Seller(World world, Certification certification)
    {
        while (true)
        {
            // Organisations of a field sell in it: three in four lie in a range of their own.
            var (count, random) = (world.Organisations.Count, world.Random);
            var field = Domain.All.IndexOf(certification.Domain);
            var index = random.Chance(0.75) ? (int)((field + random.NextDouble()) * count / Domain.All.Length)
                : random.Next(count);
            var organisation = world.Organisations[index];
            if (organisation.DelistedOn is null && (organisation.CreatedOn < world.Options.Begin || random.Chance(0.7)))
            {
                return organisation;
            }
        }
    }

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;
}

/// <summary>A title of the real register.</summary>
internal sealed record RegisterEntry(string Id, string Title, int? Level, Domain Domain);
