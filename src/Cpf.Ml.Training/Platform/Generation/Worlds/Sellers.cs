using Cpf.Ml.Training.Statistics;

namespace Cpf.Ml.Training.Platform.Generation.Worlds;

/// <summary>How an organisation comes to sell a certification, one offer after the other.</summary>
internal static class Sellers
{
    /// <summary>65 % of a year's offers are new ones.</summary>
    private const double DaysOnSale = 365 / 1.05;

    /// <summary>With a habilitation from before its first offer.</summary>
    public static void Add(
        World world, Certification certification, Organisation organisation, double share, DateOnly begins)
    {
        var random = world.Random;
        var (hours, level) = (certification.Hours * Math.Exp(0.12 * random.Normal()), Math.Exp(0.12 * random.Normal()));
        world.Habilitations.Add((certification, organisation, begins.AddDays(-random.Next(10, 90)), null));
        List<Offer> offers = [];
        for (var day = begins; day < world.Options.End;)
        {
            var closes = day.AddDays(30 + (int)random.Exponential(DaysOnSale));
            offers.Add(world.Sell(
                certification,
                organisation,
                day,
                hours * Math.Exp(0.05 * random.Normal()),
                hours * certification.Hourly * level * PriceLevel(day),
                closes < world.Options.End ? closes : null));
            day = closes.AddDays(1);
        }

        if (offers.Count > 0)
        {
            certification.Sellers.Add((share, offers));
        }
    }

    /// <summary>
    /// How an hour's price moved, 1 in 2024: 16.80 € in 2020, 27.46 € in 2022, 25.50 € in 2023 (Caisse des Dépôts).
    /// </summary>
    public static double PriceLevel(DateOnly day)
    {
        ReadOnlySpan<double> levels = [0.66, 0.85, 1.077, 1, 1, 1.02, 1.04, 1.06, 1.08];
        var year = Math.Clamp(day.Year + (day.DayOfYear / 365.25) - 2020.5, 0, levels.Length - 1.001);
        return levels[(int)year] + ((levels[(int)year + 1] - levels[(int)year]) * (year - (int)year));
    }
}
