using Cpf.Ml.Training.Platform.Generation.Worlds;
using Cpf.Ml.Training.Statistics;

namespace Cpf.Ml.Training.Platform.Generation;

/// <summary>An ordinary dossier: who orders, what it costs, how the training goes, what becomes of it.</summary>
/// <remarks>
/// Public aggregates: 81 % finished, 11 % dropped out, 5 % never began; of certifying courses 35 % never sat the
/// examination and 57 of 64 presented passed (Dares and France compétences, exits of November 2021); top-ups of 1 723 €
/// (France Travail), 2 426 € (regions) and 1 452 € (OPCO and employers) on average. Training begins eleven working days
/// after the order at the earliest.
/// </remarks>
internal sealed class DossierDraw
{
    private const int LegalDays = 15;
    private const double NeverBegan = 0.05;

    private readonly Certification _certification;
    private readonly double[] _cumulated;

    public DossierDraw(Certification certification)
    {
        _certification = certification;
        var sum = 0.0;
        _cumulated = [.. certification.Sellers.Select(seller => sum += seller.Share)];
    }

    /// <returns>Null where nothing is on sale that day.</returns>
    public Dossier? Ordinary(DateTime at, Random random)
    {
        for (var tries = 0; tries < 5 && _cumulated.Length > 0; tries++)
        {
            var index = Array.BinarySearch(_cumulated, random.NextDouble() * _cumulated[^1]);
            var offers = _certification.Sellers[Math.Min(index < 0 ? ~index : index, _cumulated.Length - 1)].Offers;
            if (OnSale(offers, DateOnly.FromDateTime(at)) is { } offer)
            {
                return Draw(offer, at, random);
            }
        }

        return null;
    }

    /// <summary>Of one of these offers.</summary>
    public Dossier? DrawFrom(List<Offer> offers, DateTime at, Random random)
    {
        var day = DateOnly.FromDateTime(at);
        var open = offers.Where(offer => offer.OpenedOn <= day && !(offer.ClosedOn < day)).ToList();
        return open.Count == 0 ? null : Draw(open[random.Next(open.Count)], at, random);
    }

    private static Offer? OnSale(List<Offer> offers, DateOnly day)
    {
        for (var i = offers.Count - 1; i >= 0; i--)
        {
            if (offers[i].OpenedOn <= day)
            {
                return offers[i].ClosedOn < day ? null : offers[i];
            }
        }

        return null;
    }

    private Dossier Draw(Offer offer, DateTime at, Random random)
    {
        var day = DateOnly.FromDateTime(at);
        var account = unchecked((ulong)random.NextInt64());
        var dossier = new Dossier
        {
            Offer = offer,
            OrderedAt = at,
            Price = random.Chance(0.04) ? Math.Round(offer.Price * random.Between(0.85, 1)) : offer.Price,
            Account = account,
            Contact = random.Chance(0.02) ? account & ~0xFFFUL : account,
            Device = random.Chance(0.03) ? account & ~0xFFFFUL : account + 1,
            AccountCreatedOn = day.AddDays(
                random.Chance(_certification.FreshAccounts) ? -random.Next(8) : -8 - (int)random.Exponential(500)),
        };
        Pay(ref dossier, random);
        Train(ref dossier, day, random);
        Examine(ref dossier, random);
        Speak(ref dossier, day, random);
        return dossier;
    }

    /// <summary>People mostly choose what their rights pay for.</summary>
    private static void Pay(ref Dossier dossier, Random random)
    {
        for (var tries = 0; tries < 3; tries++)
        {
            dossier.Balance = Math.Round(Math.Clamp(
                (500 * random.Between(0.5, 10.5)) + random.Between(-80, 80), 0, random.Chance(0.1) ? 8000 : 5000), 2);
            if (dossier.Balance >= dossier.Price || random.Chance(0.3))
            {
                break;
            }
        }

        if (dossier.Balance < dossier.Price && random.Chance(0.4))
        {
            var (funder, mean) = random.Next(4) switch
            {
                0 => ("france-travail", 1723.0),
                1 => ("region", 2426.0),
                2 => ("opco", 1452.0),
                _ => ("employer", 1452.0),
            };
            dossier.Funder = funder;
            dossier.TopUp = Math.Round(Math.Min(dossier.Price, mean * random.Gamma(4) / 4), 2);
        }
    }

    private void Train(ref Dossier dossier, DateOnly day, Random random)
    {
        var entered = day.AddDays(random.Chance(0.12) ? LegalDays : LegalDays + 1 + (int)random.Exponential(25));
        if (random.Chance(NeverBegan))
        {
            dossier.CancelledOn = entered.AddDays(-random.Next(10));
            return;
        }

        dossier.EnteredOn = entered;
        dossier.Completion = random.Chance(_certification.Finished / (1 - NeverBegan)) ? 1
            : Math.Round(random.Between(0.05, 0.95), 2);
        dossier.HoursBilled = Math.Round(dossier.Offer.Hours * dossier.Completion, 1);
        dossier.EndedOn = entered.AddDays(2 + (int)(dossier.Offer.Hours / random.Between(2, 8)));
        dossier.HoursLogged = dossier.Offer.Modality == "onsite" ? double.NaN
            : Math.Round(dossier.HoursBilled * Math.Clamp(0.85 + (0.15 * random.Normal()), 0.1, 1.3), 1);
        dossier.LongestDay = Math.Round(
            Math.Min(Math.Max(1, dossier.Offer.Hours), Math.Clamp(6.5 + (1.2 * random.Normal()), 1, 12)), 1);
        dossier.OddDays = random.Poisson(dossier.Offer.Modality == "onsite" ? 0.05 : 0.4);
        dossier.DeclaredAt = Declared(dossier, random);
    }

    private static DateTime Declared(in Dossier dossier, Random random)
    {
        if (dossier.Offer.Organisation.BatchMinute is { } minute && random.Chance(0.7))
        {
            var days = ((int)DayOfWeek.Friday - (int)dossier.EndedOn.DayOfWeek + 7) % 7;
            return dossier.EndedOn.AddDays(days + 1)
                .ToDateTime(TimeOnly.MinValue).AddMinutes(minute).AddSeconds(random.Next(60));
        }

        return dossier.EndedOn.AddDays(1 + (int)random.Exponential(6))
            .ToDateTime(TimeOnly.MinValue).AddHours(random.Between(7, 18));
    }

    private void Examine(ref Dossier dossier, Random random)
    {
        dossier.IsPresented = dossier.IsFinished && random.Chance(_certification.Presented);
        dossier.IsPassed = dossier.IsPresented && random.Chance(_certification.Passed);
        dossier.HeldOn = dossier.EndedOn.AddDays(random.Next(1, 35));
        dossier.KnownOn = dossier.HeldOn.AddDays(random.Next(5, 40));
        dossier.TransmittedOn = dossier.IsPassed && random.Chance(0.92)
            ? dossier.KnownOn.AddDays(random.Next(60)) : null;
    }

    private void Speak(ref Dossier dossier, DateOnly day, Random random)
    {
        if (random.Chance(_certification.Complaints))
        {
            dossier.ComplainedOn = day.AddDays(20 + (int)random.Exponential(50));
        }

        if (dossier.IsFinished && random.Chance(0.25))
        {
            dossier.Stars = random.Chance(0.75) ? 5 : 1 + random.Next(5);
            dossier.ReviewText = random.Chance(0.03) ? Draws.Mix(12, random.Next(40))
                : unchecked((ulong)random.NextInt64());
            dossier.ReviewedAt = dossier.EndedOn.AddDays(random.Next(1, 30))
                .ToDateTime(TimeOnly.MinValue).AddMinutes(random.Next(1440));
        }
    }
}
