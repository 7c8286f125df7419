using System.Globalization;

namespace Cpf.Ml.Scoring;

/// <summary>Writes instants and durations as a person of each language writes them.</summary>
public static class Instants
{
    private static readonly string[] FrenchMonths =
        ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];

    private static readonly string[] EnglishMonths =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    /// <summary>The local time: «14 h 05», «14:05».</summary>
    /// <param name="at">The instant.</param>
    /// <param name="zone">The zone of the reader.</param>
    public static Text Time(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return new(
            Invariant($"{local.Hour}\u00a0h\u00a0{local.Minute:00}"), Invariant($"{local.Hour}:{local.Minute:00}"));
    }

    /// <summary>The local time with seconds: «14 h 05 min 09 s», «14:05:09».</summary>
    /// <param name="at">The instant.</param>
    /// <param name="zone">The zone of the reader.</param>
    public static Text Second(DateTimeOffset at, TimeZoneInfo zone)
    {
        var (local, minute) = (TimeZoneInfo.ConvertTime(at, zone), Time(at, zone));
        return new(Invariant($"{minute.Fr}\u00a0min\u00a0{local.Second:00}\u00a0s"),
            Invariant($"{minute.En}:{local.Second:00}"));
    }

    /// <summary>The local date: «23 nov. 2026», «23 Nov 2026»; the first of a month is «1er» in French.</summary>
    /// <param name="at">The instant.</param>
    /// <param name="zone">The zone of the reader.</param>
    public static Text Date(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        var day = local.Day == 1 ? "1er" : local.Day.ToString(CultureInfo.InvariantCulture);
        return new(
            Invariant($"{day}\u00a0{FrenchMonths[local.Month - 1]}\u00a0{local.Year}"),
            Invariant($"{local.Day}\u00a0{EnglishMonths[local.Month - 1]}\u00a0{local.Year}"));
    }

    /// <summary>The local date and time: «23 nov. 2026, 14 h 05».</summary>
    /// <param name="at">The instant.</param>
    /// <param name="zone">The zone of the reader.</param>
    public static Text DateAndTime(DateTimeOffset at, TimeZoneInfo zone)
    {
        var (date, time) = (Date(at, zone), Time(at, zone));
        return new($"{date.Fr}, {time.Fr}", $"{date.En}, {time.En}");
    }

    /// <summary>A duration in at most two units: «45 s», «12 min», «3 h 05», «2 j 4 h».</summary>
    /// <param name="length">The duration; its sign is dropped.</param>
    public static Text Duration(TimeSpan length)
    {
        var span = length.Duration();
        if (span < TimeSpan.FromSeconds(1))
        {
            var milliseconds = Invariant($"{(int)span.TotalMilliseconds}\u00a0ms");
            return new(milliseconds, milliseconds);
        }

        if (span < TimeSpan.FromMinutes(2))
        {
            var seconds = Invariant($"{(int)span.TotalSeconds}\u00a0s");
            return new(seconds, seconds);
        }

        if (span < TimeSpan.FromHours(1))
        {
            var rest = span.Minutes < 10 && span.Seconds > 0 ? Invariant($"\u00a0{span.Seconds:00}\u00a0s") : "";
            var minutes = Invariant($"{span.Minutes}\u00a0min") + rest;
            return new(minutes, minutes);
        }

        if (span < TimeSpan.FromDays(2))
        {
            var hours = (int)span.TotalHours;
            return new(
                Invariant($"{hours}\u00a0h\u00a0{span.Minutes:00}"),
                Invariant($"{hours}\u00a0h\u00a0{span.Minutes:00}\u00a0min"));
        }

        return new(Invariant($"{span.Days}\u00a0j\u00a0{span.Hours}\u00a0h"),
            Invariant($"{span.Days}\u00a0d\u00a0{span.Hours}\u00a0h"));
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
