namespace Cpf.Ml.Scoring;

/// <summary>Arithmetic on local time, which jumps twice a year.</summary>
public static class WallClock
{
    /// <summary>The instant with the same local time a number of weeks earlier.</summary>
    /// <param name="at">The instant to start from.</param>
    /// <param name="weeks">Number of weeks, not negative.</param>
    /// <param name="zone">The zone of the local time.</param>
    /// <returns>UTC. Where the local time occurred twice, the later instant; where it was skipped, the instant an hour
    /// after the jump.</returns>
    public static DateTimeOffset WeeksBefore(DateTimeOffset at, int weeks, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone).DateTime.AddDays(-7 * weeks);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
