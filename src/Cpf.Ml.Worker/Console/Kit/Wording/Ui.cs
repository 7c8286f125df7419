using Cpf.Ml.Scoring;

namespace Cpf.Ml.Worker.Console.Kit.Wording;

/// <summary>Language, time zone and formats of numbers and instants of one reader. Immutable.</summary>
/// <param name="language"><c>en</c>; anything else is French.</param>
/// <param name="zone">The platform's time zone, in which all texts are written, so that everybody speaks of the same
/// hour.</param>
public sealed partial class Ui(string language, TimeZoneInfo zone)
{
    public string Language => IsFrench ? "fr" : "en";

    public bool IsFrench { get; } = language != "en";

    public TimeZoneInfo Zone => zone;

    /// <summary>The phrase in the reader's language, French with its non-breaking spaces.</summary>
    public string T(string french, string english) => IsFrench ? French.Typeset(french) : english;

    public string T(Text text) => T(text.Fr, text.En);

    /// <summary>One of two whole phrases by number; <c>{0}</c> stands for the number.</summary>
    public string Count(long count, Text one, Text many)
    {
        // In French 0 and 1 are singular, in English 1 alone.
        var single = IsFrench ? count is 0 or 1 : count == 1;
        return T(single ? one : many).Replace("{0}", Number(count), StringComparison.Ordinal);
    }

    /// <summary>With the number of decimals of its column, so that digits align.</summary>
    public string Number(double value, int decimals) => T(Amounts.Number(value, decimals));

    /// <summary>A share in whole percent: 42 %.</summary>
    public string Percent(double share) =>
        T($"{Number(Math.Round(100 * share))}\u00a0%", $"{Number(Math.Round(100 * share))}%");

    public string Number(double value) => T(Amounts.Number(value));

    /// <summary>A value with its unit, on a readable scale.</summary>
    public string Quantity(double value, string unit) => T(Amounts.Write(value, unit));

    /// <summary>The unit as an axis names it.</summary>
    public string UnitName(string unit) => unit switch
    {
        "s" => T("Durée", "Duration"),
        "ratio" or "%" => T("Pourcentage", "Percentage"),
        "1/min" => T("Nombre par minute", "Number per minute"),
        "1/s" => T("Nombre par seconde", "Number per second"),
        "By" or "B" or "bytes" => T("Octets", "Bytes"),
        "" => T("Sans unité", "No unit"),
        _ => unit,
    };

    /// <summary>A score with what it means, never alone: «87 · 1 point sur 20 000».</summary>
    /// <param name="score">0–100.</param>
    public string Score(double score) => $"{Number(Math.Floor(score))} · {Rarity(score)}";

    /// <summary>How rare a score is on an ordinary series, no finer than the score resolves.</summary>
    /// <param name="score">0–100; 60 is one point in 1 000, 80 one in 10 000.</param>
    public string Rarity(double score) => T(Scoring.Alerts.Rarity.Of(Math.Pow(10, -score / 20)));
}
