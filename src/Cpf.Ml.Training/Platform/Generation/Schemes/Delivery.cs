using Cpf.Ml.Training.Platform.Generation.Worlds;
using Cpf.Ml.Training.Statistics;

namespace Cpf.Ml.Training.Platform.Generation.Schemes;

/// <summary>How courses look that were not given.</summary>
internal static class Delivery
{
    /// <summary>Declared as done in full, together with the others of the organisation.</summary>
    /// <param name="logged">Share of the hours that anybody was there.</param>
    public static void Pretend(ref Dossier dossier, Random random, double logged)
    {
        if (dossier.CancelledOn is not null)
        {
            return;
        }

        dossier.Completion = 1;
        dossier.HoursBilled = dossier.Offer.Hours;
        dossier.HoursLogged = double.IsNaN(dossier.HoursLogged) ? double.NaN
            : Math.Round(dossier.Offer.Hours * random.Between(0, 2 * logged), 1);
        var friday = dossier.EndedOn.AddDays(((int)DayOfWeek.Friday - (int)dossier.EndedOn.DayOfWeek + 7) % 7);
        dossier.DeclaredAt = friday.ToDateTime(new TimeOnly(17, 30)).AddSeconds(random.Next(60));
    }
}
