namespace Cpf.Ml.Scoring.Transactions.Calendar;

/// <summary>The local hour of a quarter of an hour: kept between points, because a zone's rules are slow to
/// ask.</summary>
/// <param name="Quarter">Quarters of an hour since the Unix epoch: zones differ from UTC, and change, by whole
/// quarters.</param>
/// <param name="OffsetSeconds">Local time minus UTC.</param>
/// <param name="HourOfWeek">0–167, Monday 00 h first; a public holiday is a Sunday.</param>
internal sealed record LocalHour(long Quarter, int OffsetSeconds, int HourOfWeek)
{
    private const long QuarterMilliseconds = 900_000;

    /// <summary>A quarter that no timestamp lies in.</summary>
    public static LocalHour None { get; } = new(long.MinValue, 0, 0);

    /// <param name="timestamp">Unix milliseconds.</param>
    public bool Holds(long timestamp) => Quarter == QuarterOf(timestamp);

    /// <param name="timestamp">Unix milliseconds.</param>
    /// <returns>Seconds since local midnight, in [0, 86400).</returns>
    public double SecondOfDay(long timestamp)
    {
        var local = timestamp + (OffsetSeconds * 1000L);
        return (local - (Math.DivRem(local, 86_400_000).Quotient * 86_400_000) + 86_400_000) % 86_400_000 / 1000.0;
    }

    public static LocalHour Of(long timestamp, TimeZoneInfo zone, bool holidays)
    {
        var quarter = QuarterOf(timestamp);
        var instant = DateTimeOffset.FromUnixTimeMilliseconds(quarter * QuarterMilliseconds);
        var local = TimeZoneInfo.ConvertTime(instant, zone);
        var monday = ((int)local.DayOfWeek + 6) % 7;
        var day = holidays && FrenchHolidays.Contains(DateOnly.FromDateTime(local.DateTime)) ? 6 : monday;
        return new LocalHour(quarter, (int)local.Offset.TotalSeconds, (day * 24) + local.Hour);
    }

    private static long QuarterOf(long timestamp) => (long)Math.Floor(timestamp / (double)QuarterMilliseconds);
}
