using Cpf.Ml.Training.Platform.Generation.Worlds;
using Cpf.Ml.Training.Statistics;

namespace Cpf.Ml.Training.Platform.Generation;

/// <summary>
/// What happens: the dossiers of a certification, month by month. Each has its own random numbers, so that
/// certifications can be simulated at once and in any order.
/// </summary>
internal sealed class Simulation(World world, Certification certification)
{
    /// <summary>
    /// Over-dispersion of a month's dossiers, and how much a month's level is remembered by the next.
    /// </summary>
    private const double Size = 12;
    private const double Memory = 0.7;
    private const double Wander = 0.12;

    /// <summary>Upper bound of the share of dossiers that a scheme adds.</summary>
    private const double MaxBroughtShare = 0.85;

    private readonly Random _random = new(unchecked((world.Options.Seed * 1_000_003) + certification.Index));
    private readonly DossierDraw _draw = new(certification);

    /// <summary>In order of time.</summary>
    public List<Dossier> Run()
    {
        var options = world.Options;
        var months = Enumerable.Range(0, options.Months).Select(month => options.Begin.AddMonths(month)).ToArray();
        var (level, levels) = (0.0, new double[months.Length]);
        for (var i = 0; i < months.Length; i++)
        {
            level = (Memory * level) + (Wander * _random.Normal());
            levels[i] = Math.Exp(level) * Ordinary(months[i]);
        }

        var scale = certification.Weight * options.Purchases / Math.Max(1e-9, levels.Average() * months.Length);
        var dossiers = new List<Dossier>();
        foreach (var (month, relative) in months.Zip(levels))
        {
            Month(month, relative * scale, dossiers);
        }

        dossiers.Sort((a, b) => a.OrderedAt.CompareTo(b.OrderedAt));
        return dossiers;
    }

    private double Ordinary(DateOnly month)
    {
        if (month.AddMonths(1) <= certification.LaunchedOn || month >= certification.ExpiresOn)
        {
            return 0;
        }

        var years = (month.DayNumber - world.Options.Begin.DayNumber) / 365.25;
        return Math.Exp(certification.Growth * years) * (1
            + (certification.Season * Math.Cos(2 * Math.PI * (month.Month - certification.Domain.Peak) / 12)));
    }

    private void Month(DateOnly month, double mean, List<Dossier> dossiers)
    {
        foreach (var scheme in certification.Schemes)
        {
            mean *= (scheme.Scheme as IVolume)?.Factor(scheme, month) ?? 1;
        }

        var count = _random.NegativeBinomial(mean, Size);
        for (var i = 0; i < count; i++)
        {
            if (_draw.Ordinary(Moment(month), _random) is { } dossier && Day(dossier) <= certification.ExpiresOn)
            {
                foreach (var scheme in certification.Schemes.Where(scheme => !scheme.Scheme.BringsDossiers))
                {
                    Bend(ref dossier, scheme, scheme.Share(Day(dossier)));
                }

                dossiers.Add(dossier);
            }
        }

        foreach (var scheme in certification.Schemes.Where(scheme => scheme.Scheme.BringsDossiers))
        {
            var share = Math.Min(MaxBroughtShare, scheme.Share(month.AddDays(15)));
            var brought = _random.NegativeBinomial(mean * share / (1 - share), Size);
            for (var i = 0; i < brought; i++)
            {
                var at = Moment(month);
                if (DateOnly.FromDateTime(at) >= scheme.Onset
                    && _draw.DrawFrom(scheme.Offers, at, _random) is { } dossier)
                {
                    Bend(ref dossier, scheme, 1);
                    dossiers.Add(dossier);
                }
            }
        }
    }

    private void Bend(ref Dossier dossier, SchemeInstance scheme, double share)
    {
        if (_random.Chance(share * (1 - scheme.Evasion)))
        {
            scheme.Scheme.Bend(ref dossier, scheme, _random);
        }
    }

    private static DateOnly Day(in Dossier dossier) => DateOnly.FromDateTime(dossier.OrderedAt);

    /// <summary>Fewer at weekends and at night.</summary>
    private DateTime Moment(DateOnly month)
    {
        while (true)
        {
            var at = month.ToDateTime(TimeOnly.MinValue)
                .AddDays(_random.NextDouble() * DateTime.DaysInMonth(month.Year, month.Month));
            var activity = (at.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.4
                : 1) * (at.Hour is >= 6 and < 21 ? 1 : 0.1);
            if (_random.Chance(activity))
            {
                return new DateTime(at.Ticks - (at.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
            }
        }
    }
}
