using Cpf.Ml.Scoring.Transactions.Calendar;

namespace Cpf.Ml.Worker.Ingest.Demo;

/// <summary>Activity in France by hour, day of the week and public holiday. Not thread-safe.</summary>
internal sealed class DemoCalendar
{
    private const long HourLength = 3_600_000;

    /// <summary>Share of the busiest hour, by local hour from midnight.</summary>
    private static readonly double[] Day =
        [0.05, 0.03, 0.02, 0.02, 0.03, 0.06,
            0.16, 0.38, 0.68, 0.92, 1.00, 0.95, 0.72, 0.78, 0.93, 0.96, 0.90, 0.80, 0.70, 0.66, 0.64, 0.50, 0.28, 0.12];

    /// <summary>Monday first.</summary>
    private static readonly double[] Week = [1.00, 0.98, 0.95, 0.93, 0.84, 0.42, 0.33];

    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    private long _hour = long.MinValue;
    private double _now;
    private double _next;

    /// <param name="timestamp">Unix milliseconds.</param>
    /// <returns>In (0, 1], smooth from hour to hour.</returns>
    public double BusyAt(long timestamp)
    {
        var hour = timestamp / HourLength;
        if (hour != _hour)
        {
            _hour = hour;
            (_now, _next) = (HourAt(hour), HourAt(hour + 1));
        }

        var through = (double)(timestamp % HourLength) / HourLength;
        return _now + ((_next - _now) * through);
    }

    private static double HourAt(long hour)
    {
        var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(hour * HourLength), Paris);
        var holiday = FrenchHolidays.Contains(DateOnly.FromDateTime(local.DateTime));
        return Day[local.Hour] * Week[holiday ? 6 : ((int)local.DayOfWeek + 6) % 7];
    }
}
