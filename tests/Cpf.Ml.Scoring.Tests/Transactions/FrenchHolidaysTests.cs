using System.Globalization;
using Cpf.Ml.Scoring.Transactions.Calendar;

namespace Cpf.Ml.Scoring.Tests.Transactions;

public sealed class FrenchHolidaysTests
{
    /// <summary>
    /// As the Bureau des longitudes publishes it; 1818 and 2038 are the earliest and nearly the latest possible.
    /// </summary>
    [Theory]
    [InlineData("1818-03-22")]
    [InlineData("1943-04-25")]
    [InlineData("1961-04-02")]
    [InlineData("2000-04-23")]
    [InlineData("2008-03-23")]
    [InlineData("2019-04-21")]
    [InlineData("2024-03-31")]
    [InlineData("2026-04-05")]
    [InlineData("2038-04-25")]
    public void Easter_falls_on_its_known_date(string easter)
    {
        var known = DateOnly.Parse(easter, CultureInfo.InvariantCulture);

        Assert.Equal(known, FrenchHolidays.Easter(known.Year));
    }

    [Fact]
    public void Year_2026_has_exactly_its_eleven_holidays()
    {
        var days = Enumerable.Range(0, 365).Select(new DateOnly(2026, 1, 1).AddDays).Where(FrenchHolidays.Contains);

        Assert.Equal(
            ["01-01", "04-06", "05-01", "05-08", "05-14", "05-25", "07-14", "08-15", "11-01", "11-11", "12-25"],
            days.Select(day => day.ToString("MM-dd", CultureInfo.InvariantCulture)));
    }
}
