namespace Cpf.Ml.Worker.Console.Kit.Charts;

/// <param name="At">Unix milliseconds, UTC.</param>
/// <param name="IsMidnight">It begins a local day, so it is named by its date.</param>
/// <param name="IsMinor">May be left out where there is little room.</param>
public readonly record struct TimeTick(long At, bool IsMidnight, bool IsMinor);

/// <summary>Round local instants of a time axis.</summary>
public static class TimeTicks
{
    private static readonly int[] Minutes =
        [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080, 20160, 40320];

    /// <summary>About six instants, on round local times, in [<paramref name="from"/>,
    /// <paramref name="to"/>].</summary>
    public static List<TimeTick> Between(long from, long to, TimeZoneInfo zone)
    {
        var wanted = (to - from) / 60_000.0 / 8;
        var step = Minutes.FirstOrDefault(minutes => minutes >= wanted, Minutes[^1]);
        var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(from), zone).DateTime;
        var next = step >= 1440
            ? local.Date
            : local.Date.AddMinutes(Math.Floor(local.TimeOfDay.TotalMinutes / step) * step);
        var ticks = new List<TimeTick>();
        while (true)
        {
            // Stepping in local time keeps ticks on round hours across a clock change; a skipped hour has no instant.
            if (!zone.IsInvalidTime(next))
            {
                var at = new DateTimeOffset(next, zone.GetUtcOffset(next)).ToUnixTimeMilliseconds();
                if (at > to)
                {
                    return ticks;
                }

                if (at >= from)
                {
                    ticks.Add(new TimeTick(at, next.TimeOfDay == TimeSpan.Zero, ticks.Count % 2 == 1));
                }
            }

            next = next.AddMinutes(step);
        }
    }
}
