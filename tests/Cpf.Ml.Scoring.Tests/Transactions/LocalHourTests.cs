using System.Globalization;
using Cpf.Ml.Scoring.Transactions.Calendar;

namespace Cpf.Ml.Scoring.Tests.Transactions;

public sealed class LocalHourTests
{
    [Theory]
    [InlineData("Europe/Paris", "2026-03-29T00:59:59Z", "Sunday 01:59:59")] // the clock is about to go forward
    [InlineData("Europe/Paris", "2026-03-29T01:00:00Z", "Sunday 03:00:00")]
    [InlineData("Europe/Paris", "2026-10-25T00:30:00Z", "Sunday 02:30:00")]
    [InlineData("Europe/Paris", "2026-10-25T01:30:00Z", "Sunday 02:30:00")] // the same hour, for the second time
    [InlineData("Europe/Paris", "2026-10-25T02:00:00Z", "Sunday 03:00:00")]
    [InlineData("Europe/Paris", "2026-07-12T22:00:00Z", "Monday 00:00:00")]
    [InlineData("UTC", "1969-12-31T23:59:59Z", "Wednesday 23:59:59")]
    [InlineData("Asia/Kolkata", "2026-11-23T18:29:59Z", "Monday 23:59:59")] // +05:30
    [InlineData("Asia/Kolkata", "2026-11-23T18:30:00Z", "Tuesday 00:00:00")]
    [InlineData("Asia/Kathmandu", "2026-11-23T18:15:00Z", "Tuesday 00:00:00")] // +05:45
    // changes by half an hour, on the half-hour of UTC
    [InlineData("Australia/Lord_Howe", "2026-10-03T15:29:59Z", "Sunday 01:59:59")]
    [InlineData("Australia/Lord_Howe", "2026-10-03T15:30:00Z", "Sunday 02:30:00")]
    public void Local_hour_follows_the_time_zone(string zone, string instant, string wall)
    {
        var timestamp = Milliseconds(instant);
        var hour = LocalHour.Of(timestamp, TimeZoneInfo.FindSystemTimeZoneById(zone), holidays: false);

        var day = (DayOfWeek)(((hour.HourOfWeek / 24) + 1) % 7);
        Assert.Equal(wall, $"{day} {TimeSpan.FromSeconds(hour.SecondOfDay(timestamp)):hh\\:mm\\:ss}");
        Assert.Equal(hour.HourOfWeek % 24, (int)(hour.SecondOfDay(timestamp) / 3600));
    }

    [Theory]
    [InlineData(true, DayOfWeek.Sunday)]
    [InlineData(false, DayOfWeek.Tuesday)]
    public void Public_holiday_counts_as_Sunday_from_local_midnight_to_midnight(bool holidays, DayOfWeek expected)
    {
        var paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
        DayOfWeek Day(string instant) =>
            (DayOfWeek)(((LocalHour.Of(Milliseconds(instant), paris, holidays).HourOfWeek / 24) + 1) % 7);

        Assert.Equal(DayOfWeek.Monday, Day("2026-07-13T21:59:59Z"));
        Assert.Equal(expected, Day("2026-07-13T22:00:00Z"));
        Assert.Equal(expected, Day("2026-07-14T21:59:59Z"));
        Assert.Equal(DayOfWeek.Wednesday, Day("2026-07-14T22:00:00Z"));
    }

    [Fact]
    public void Local_hour_is_valid_for_fifteen_minutes()
    {
        var timestamp = Milliseconds("2026-11-23T10:15:00Z");
        var hour = LocalHour.Of(timestamp + 60_000, TimeZoneInfo.Utc, holidays: false);

        Assert.True(hour.Contains(timestamp));
        Assert.True(hour.Contains(timestamp + 899_999));
        Assert.False(hour.Contains(timestamp - 1));
        Assert.False(hour.Contains(timestamp + 900_000));
    }

    private static long Milliseconds(string instant) =>
        DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
