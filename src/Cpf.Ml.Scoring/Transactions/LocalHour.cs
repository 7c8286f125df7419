namespace Cpf.Ml.Scoring.Transactions;

/// <summary>An hour of UTC as people live it: kept between points, because a zone's rules are slow to ask.</summary>
/// <param name="UtcHour">Hours since the Unix epoch.</param>
/// <param name="OffsetSeconds">Local time minus UTC; zones change it on the hour of UTC.</param>
/// <param name="HourOfWeek">0–167, Monday 00 h first; a public holiday is a Sunday.</param>
internal sealed record LocalHour(long UtcHour, int OffsetSeconds, int HourOfWeek)
{
    /// <summary>An hour that no timestamp lies in.</summary>
    public static LocalHour None { get; } = new(long.MinValue, 0, 0);

    /// <param name="timestamp">Unix milliseconds.</param>
    public bool Holds(long timestamp) => UtcHour == HourOf(timestamp);

    /// <param name="timestamp">Unix milliseconds.</param>
    /// <returns>Seconds since local midnight, in [0, 86400).</returns>
    public double SecondOfDay(long timestamp)
    {
        var local = timestamp + (OffsetSeconds * 1000L);
        return (local - (Math.DivRem(local, 86_400_000).Quotient * 86_400_000) + 86_400_000) % 86_400_000 / 1000.0;
    }

    public static LocalHour Of(long timestamp, TimeZoneInfo zone, bool holidays)
    {
        var hour = HourOf(timestamp);
        var instant = DateTimeOffset.FromUnixTimeSeconds(hour * 3600);
        var local = TimeZoneInfo.ConvertTime(instant, zone);
        var monday = ((int)local.DayOfWeek + 6) % 7;
        var day = holidays && FrenchHolidays.Contains(DateOnly.FromDateTime(local.DateTime)) ? 6 : monday;
        return new LocalHour(hour, (int)local.Offset.TotalSeconds, (day * 24) + local.Hour);
    }

    private static long HourOf(long timestamp) => (long)Math.Floor(timestamp / 3_600_000.0);
}
