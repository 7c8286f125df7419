namespace Cpf.Ml.Scoring.Tests;

public sealed class WallClockTests
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    /// <summary>In 2026 clocks go forward on 29 March and back on 25 October.</summary>
    [Theory]
    [InlineData("2026-04-01T10:00Z", 1, "2026-03-25T11:00Z")]
    [InlineData("2026-03-25T11:00Z", 1, "2026-03-18T11:00Z")]
    [InlineData("2026-10-28T11:00Z", 4, "2026-09-30T10:00Z")]
    [InlineData("2026-04-05T00:30Z", 1, "2026-03-29T01:30Z")]
    [InlineData("2026-11-01T01:30Z", 1, "2026-10-25T01:30Z")]
    public void One_week_earlier_is_the_same_local_time_across_clock_changes(string at, int weeks, string before) =>
        Assert.Equal(Parse(before), WallClock.WeeksBefore(Parse(at), weeks, Paris));

    private static DateTimeOffset Parse(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
