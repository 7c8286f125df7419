namespace Cpf.Ml.Scoring.Transactions.Calendar;

/// <summary>The eleven public holidays of metropolitan France (Code du travail, article L3133-1).</summary>
public static class FrenchHolidays
{
    /// <summary>Whether a date is a public holiday; other Sundays are not.</summary>
    /// <param name="date">1583 or later.</param>
    public static bool Contains(DateOnly date) => (date.Month, date.Day) switch
    {
        (1, 1) or (5, 1) or (5, 8) or (7, 14) or (8, 15) or (11, 1) or (11, 11) or (12, 25) => true,
        _ => (date.DayNumber - Easter(date.Year).DayNumber) is 1 or 39 or 50, // Easter Monday, Ascension, Whit Monday
    };

    /// <summary>Easter Sunday in the Gregorian calendar.</summary>
    /// <remarks>Reference: the anonymous algorithm of Nature (1876), as given by Meeus (1991), <i>Astronomical
    /// Algorithms</i>, chapter 8.</remarks>
    /// <param name="year">1583 or later.</param>
    public static DateOnly Easter(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var h = ((19 * a) + b - (b / 4) - ((b - ((b + 8) / 25) + 1) / 3) + 15) % 30;
        var l = (32 + (2 * (b % 4)) + (2 * (c / 4)) - h - (c % 4)) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var n = h + l - (7 * m) + 114;
        return new DateOnly(year, n / 31, (n % 31) + 1);
    }
}
