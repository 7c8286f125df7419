namespace Cpf.Ml.Scoring;

/// <summary>Moments as people compare them: by the clock on the wall, which jumps twice a year.</summary>
public static class WallClock
{
    /// <returns>
    /// The moment at which the clock showed the same time <paramref name="weeks"/> weeks earlier. Where it showed that
    /// time twice, the later one; where it skipped it, the moment an hour after the jump.
    /// </returns>
    public static DateTimeOffset WeeksBefore(DateTimeOffset at, int weeks, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone).DateTime.AddDays(-7 * weeks);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
