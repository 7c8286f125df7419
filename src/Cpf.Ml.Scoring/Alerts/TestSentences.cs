using System.Globalization;

namespace Cpf.Ml.Scoring.Alerts;

/// <summary>Words the finding of each test of the streaming detector.</summary>
internal static class TestSentences
{
    public static Text Finding(string test, int direction)
    {
        if (Points(test, "level-") is { } levels)
        {
            return Level(levels, direction);
        }

        return Points(test, "slow-") is { } slow ? Slow(slow, direction) : Named(test, direction);
    }

    private static Text Named(string test, int direction) => (test, Math.Sign(direction)) switch
    {
        ("point", > 0) =>
            new("La valeur dépasse nettement les dernières valeurs", "The value is well above the latest values"),
        ("point", < 0) =>
            new("La valeur est nettement sous les dernières valeurs", "The value is well below the latest values"),
        ("point", _) =>
            new("La valeur s'écarte nettement des dernières valeurs", "The value is far from the latest values"),
        ("difference", > 0) =>
            new("La valeur a bondi d'un point à l'autre", "The value jumped from one point to the next"),
        ("difference", < 0) =>
            new("La valeur a chuté d'un point à l'autre", "The value fell from one point to the next"),
        ("difference", _) => new("La valeur a changé brusquement d'un point à l'autre",
            "The value changed abruptly from one point to the next"),
        ("time-of-day", > 0) => new("La valeur est plus haute que d'habitude à cette heure de la semaine",
            "The value is higher than usual at this hour of the week"),
        ("time-of-day", < 0) => new("La valeur est plus basse que d'habitude à cette heure de la semaine",
            "The value is lower than usual at this hour of the week"),
        ("time-of-day", _) => new(
            "La valeur est inhabituelle à cette heure de la semaine", "The value is unusual at this hour of the week"),
        ("local", > 0) => new("La valeur est plus haute que ne l'annonçaient l'heure et les derniers points",
            "The value is higher than predicted by the hour and the latest points"),
        ("local", < 0) => new("La valeur est plus basse que ne l'annonçaient l'heure et les derniers points",
            "The value is lower than predicted by the hour and the latest points"),
        ("local", _) => new("La valeur s'écarte de ce qu'annonçaient l'heure et les derniers points",
            "The value is not what the hour and the latest points predicted"),
        ("drift", > 0) => new("La valeur dérive lentement vers le haut", "The value is slowly drifting up"),
        ("drift", < 0) => new("La valeur dérive lentement vers le bas", "The value is slowly drifting down"),
        ("drift", _) => new("La valeur s'éloigne lentement de son niveau habituel",
            "The value is slowly drifting from its usual level"),
        ("variance", > 0) => new("La valeur varie plus que d'habitude", "The value varies more than usual"),
        ("variance", < 0) => new("La valeur varie moins que d'habitude", "The value varies less than usual"),
        ("variance", _) => new("La valeur ne varie pas comme d'habitude", "The value does not vary as usual"),
        ("flat-line", _) => new("La valeur reste exactement la même, point après point",
            "The value stays exactly the same, point after point"),
        ("zero", _) => new("La valeur est tombée à zéro", "The value has dropped to zero"),
        ("shape", _) => new("Le tracé des 24 derniers points ne ressemble à aucun autre des 1 800 points d'avant",
            "The shape of the last 24 points is unlike any in the 1,800 points before"),
        ("record", > 0) =>
            new("La valeur est plus haute que tout ce qui a été vu", "The value is higher than anything seen before"),
        ("record", < 0) =>
            new("La valeur est plus basse que tout ce qui a été vu", "The value is lower than anything seen before"),
        ("record", _) => new("La valeur n'a jamais été vue", "The value was never seen before"),
        ("sustained", > 0) =>
            new("La valeur reste trop haute, point après point", "The value stays too high, point after point"),
        ("sustained", < 0) =>
            new("La valeur reste trop basse, point après point", "The value stays too low, point after point"),
        ("sustained", _) => new("L'écart dure, point après point", "The deviation lasts, point after point"),
        ("no-data", _) => new("Aucune donnée n'arrive", "No data are received"),
        _ => new($"Le test «\u00a0{test}\u00a0» s'est déclenché", $"The test “{test}” fired"),
    };

    private static Text Level(int points, int direction) => Math.Sign(direction) switch
    {
        > 0 =>
            new($"Le niveau des {points} derniers points a monté", $"The level of the last {points} points has risen"),
        < 0 => new(
            $"Le niveau des {points} derniers points a baissé", $"The level of the last {points} points has dropped"),
        _ => new(
            $"Le niveau des {points} derniers points a changé", $"The level of the last {points} points has changed"),
    };

    private static Text Slow(int points, int direction) => Math.Sign(direction) switch
    {
        > 0 => new($"Depuis {points} points, la valeur est au-dessus de son profil habituel",
            $"For {points} points the value has been above its usual profile"),
        < 0 => new($"Depuis {points} points, la valeur est sous son profil habituel",
            $"For {points} points the value has been below its usual profile"),
        _ => new($"Depuis {points} points, la valeur s'écarte de son profil habituel",
            $"For {points} points the value has been off its usual profile"),
    };

    private static int? Points(string test, string prefix) =>
        test.StartsWith(prefix, StringComparison.Ordinal)
        && int.TryParse(test.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var points)
            ? points
            : null;
}
