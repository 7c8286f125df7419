using Cpf.Ml.Scoring.Certifications.Features;

namespace Cpf.Ml.Scoring.Certifications;

/// <summary>Reasons in whole sentences, from templates only.</summary>
public static class ReasonSentences
{
    public static Text Of(CertificationReason reason)
    {
        var (value, low, high) = (Amount(reason.Feature, reason.Comparison.Value),
            Amount(reason.Feature, reason.Comparison.Low), Amount(reason.Feature, reason.Comparison.High));
        var before = double.IsFinite(reason.Before) ? Amount(reason.Feature, reason.Before) : (Text?)null;
        var count = Amounts.Number(reason.Comparison.Peers);
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

    /// <summary>A value with its unit, as each language writes it.</summary>
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
