using Cpf.Ml.Scoring.Certifications.Features;

namespace Cpf.Ml.Scoring.Certifications;

/// <summary>Reasons in whole sentences, from templates only.</summary>
public static class ReasonSentences
{
    /// <summary>States the value, the range of nine in ten comparable certifications, and the value a year before where
    /// it is known.</summary>
    /// <param name="reason">The reason to put into words.</param>
    /// <returns>One sentence in each language.</returns>
    public static Text Write(CertificationReason reason)
    {
        var (value, low, high) = (Amount(reason.Feature, reason.Position.Value),
            Amount(reason.Feature, reason.Position.Low), Amount(reason.Feature, reason.Position.High));
        var before = double.IsFinite(reason.YearBefore) ? Amount(reason.Feature, reason.YearBefore) : (Text?)null;
        var count = Amounts.Number(reason.Position.Peers);
        var (duringFr, duringEn) = reason.Days == CertificationMeasures.DaysOfQuarter ? (string.Empty, string.Empty)
            : ($" sur les {reason.Days} derniers jours", $" over the last {reason.Days} days");
        return new Text(
            $"{reason.Feature.Name.Fr} : {value.Fr}{duringFr}, contre {low.Fr} à {high.Fr} chez neuf sur dix "
                + $"des {count.Fr} certifications comparables ({reason.Group.Fr})"
                + (before is { } fr ? $" ; {fr.Fr} un an plus tôt." : "."),
            $"{reason.Feature.Name.En}: {value.En}{duringEn}, against {low.En} to {high.En} of nine in ten of "
                + $"the {count.En} comparable certifications ({reason.Group.En})"
                + (before is { } en ? $"; {en.En} a year before." : "."));
    }

    /// <summary>Writes a value with its unit, as each language does.</summary>
    /// <param name="feature">The feature, whose unit decides how the value is written.</param>
    /// <param name="value">The value as it was measured: shares in [0, 1], F04 and F49 as logarithms.</param>
    /// <returns>The number, rounded to three decimals at most, with its unit.</returns>
    public static Text Amount(Feature feature, double value) => feature.Unit switch
    {
        "%" => With(feature.Id is "F04" or "F49" ? 100 * (Math.Exp(value) - 1) : 100 * value, "\u00a0%", "%"),
        "‰" => With(1000 * value, "\u00a0‰", "‰"),
        "€" => With(value, "\u00a0€", " EUR"),
        "€/h" => With(value, "\u00a0€/h", " EUR/h"),
        "j" => With(value, "\u00a0jours", " days"),
        "×" => With(value, "\u00a0fois", " times"),
        _ => With(value, string.Empty, string.Empty),
    };

    private static Text With(double value, string fr, string en)
    {
        var number = Amounts.Number(Math.Round(value, 3));
        return new Text(number.Fr + fr, number.En + en);
    }
}
