namespace Cpf.Ml.Scoring.Transactions.Calendar;

/// <summary>The local hour of a quarter of an hour, kept between points because the rules of a zone are slow to
/// evaluate.</summary>
/// <param name="Quarter">Quarters of an hour since the Unix epoch: zones differ from UTC, and change, by whole
/// quarters.</param>
/// <param name="OffsetSeconds">Local time minus UTC.</param>
/// <param name="HourOfWeek">0–167, Monday 00 h first; a public holiday counts as a Sunday.</param>
internal sealed record LocalHour(long Quarter, int OffsetSeconds, int HourOfWeek)
{
    private const long QuarterMilliseconds = 900_000;

    /// <summary>A quarter that contains no timestamp.</summary>
    public static LocalHour None { get; } = new(long.MinValue, 0, 0);

    /// <summary>Whether a timestamp is in this quarter.</summary>
    /// <param name="timestamp">Unix milliseconds.</param>
    public bool Contains(long timestamp) => Quarter == QuarterOf(timestamp);

    /// <param name="timestamp">Unix milliseconds.</param>
    /// <returns>Seconds since local midnight, in [0, 86400).</returns>
    public double SecondOfDay(long timestamp)
    {
        var local = timestamp + (OffsetSeconds * 1000L);
        return (local - (Math.DivRem(local, 86_400_000).Quotient * 86_400_000) + 86_400_000) % 86_400_000 / 1000.0;
    }

    /// <summary>The local hour of a timestamp.</summary>
    /// <param name="timestamp">Unix milliseconds.</param>
    /// <param name="zone">The zone of the series.</param>
    /// <param name="holidays">Whether a French public holiday counts as a Sunday.</param>
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
