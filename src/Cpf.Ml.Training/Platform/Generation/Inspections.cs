using Cpf.Ml.Training.Platform.Generation.Schemes;
using Cpf.Ml.Training.Platform.Generation.Worlds;
using Cpf.Ml.Training.Statistics;

namespace Cpf.Ml.Training.Platform.Generation;

/// <summary>
/// Controls as they were in the past: few, chosen by eye, by reports or at random, decided late, and wrong now and
/// then.
/// </summary>
internal static class Inspections
{
    private const int FirstMonth = 9;

    /// <summary>Controls a month for each certification: about nine of 3 400.</summary>
    private const double Budget = 0.0026;
    private const double Noise = 0.05;
    private const double Found = 0.1;

    public static IEnumerable<(Certification Certification,
        DateOnly OpenedOn, DateOnly DecidedOn, string Selection, string Outcome)> Hold(World world)
    {
        var (random, options) = (new Random(unchecked((world.Options.Seed * 31) + 7)), world.Options);
        var last = new Dictionary<Certification, DateOnly>();
        for (var month = FirstMonth; month < options.Months; month++)
        {
            var day = options.Begin.AddMonths(month);
            for (var i = 0; i < Math.Max(2, (int)(Budget * options.Certifications)); i++)
            {
                var selection = (i % 5) switch { 0 => "random", 1 => "report", _ => "top" };
                var free = world.Certifications.Where(certification => certification.LaunchedOn < day
                    && certification.ExpiresOn > day
                    && !(last.TryGetValue(certification, out var before) && before.AddYears(1) > day));
                if (free.MaxBy(certification => Attraction(certification, selection, day, random)) is not { } chosen)
                {
                    continue;
                }

                var opened = day.AddDays(random.Next(28));
                last[chosen] = opened;
                yield return (chosen,
                    opened, opened.AddDays(random.Next(6 * 7, 20 * 7)), selection, Outcome(chosen, opened, random));
            }
        }
    }

    /// <summary>What draws the eye: much money, what is wrong as far as it shows, and what only looks so.</summary>
    private static double Attraction(Certification certification, string selection, DateOnly day, Random random)
    {
        var fraud = Fraud(certification, day);
        return random.Normal() + (selection switch
        {
            "top" => (0.2 * Math.Log(certification.Weight))
                + (2 * fraud)
                + (certification.Schemes.Exists(scheme => scheme.Scheme is SurgeByLaw or ExpensiveNiche) ? 1 : 0),
            "report" => certification.Schemes.Exists(scheme => scheme.Scheme is AccountDraining or ShellOrganisations)
                ? 3 * fraud : fraud,
            _ => 0,
        });
    }

    private static string Outcome(Certification certification, DateOnly day, Random random)
    {
        if (random.Chance(0.08))
        {
            return "insufficient";
        }

        var isFraud = Fraud(certification, day) >= Found;
        return random.Chance(Noise) != isFraud ? "confirmed" : random.Chance(0.15) ? "minor" : "legitimate";
    }

    private static double Fraud(Certification certification, DateOnly day) =>
        certification.Schemes.Where(scheme => SchemeCatalogue.Frauds.Contains(scheme.Scheme))
            .Select(scheme => scheme.Share(day)).DefaultIfEmpty().Max();
}
