using System.Globalization;
using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Alerts;

namespace Cpf.Ml.Worker.Console.Kit.Wording;

public sealed partial class Ui
{
    private static readonly string[] FrenchDays = ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."];
    private static readonly string[] WrittenMoments = ["d/M/yyyy H:m", "d/M/yyyy H'h'm"];
    private static readonly string[] EnglishDays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    /// <summary>Monday first, abbreviated.</summary>
    public IReadOnlyList<string> Weekdays => IsFrench ? FrenchDays : EnglishDays;

    public DateTimeOffset Local(long milliseconds) =>
        TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), Zone);

    /// <summary>Name of the clock: heure de Paris.</summary>
    public string ClockName => Zone.BaseUtcOffset == TimeSpan.Zero && !Zone.SupportsDaylightSavingTime
        ? T("heure UTC", "UTC")
        : T($"heure de {City}", $"{City} time");

    /// <summary>The same at the beginning of a line: Heure de Paris.</summary>
    public string ClockTitle => char.ToUpperInvariant(ClockName[0]) + ClockName[1..];

    /// <summary>Zones are named after a city: Europe/Paris.</summary>
    private string City => Zone.Id[(Zone.Id.LastIndexOf('/') + 1)..].Replace('_', ' ');

    /// <summary>14 h 05.</summary>
    public string Hour(long milliseconds) =>
        T(Instants.Time(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), Zone));

    /// <summary>lun. 23.</summary>
    public string Day(long milliseconds)
    {
        var local = Local(milliseconds);
        return $"{Weekdays[((int)local.DayOfWeek + 6) % 7]}\u00a0{local.Day}";
    }

    /// <summary>23 nov. 2026, 14 h 05.</summary>
    public string Moment(DateTimeOffset instant) => T(Instants.DateAndTime(instant, Zone));

    /// <summary>A day of the calendar in France.</summary>
    public string Day(DateOnly day) => T(day.ToString(day.Day == 1 ? "d'er' MMM yyyy" : "d MMM yyyy",
        CultureInfo.GetCultureInfo("fr-FR")), day.ToString("d MMM yyyy", CultureInfo.GetCultureInfo("en-GB")));

    public string Moment(long milliseconds) => Moment(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));

    /// <summary>04/03/2031 22:00, the format of forms.</summary>
    public string WriteMoment(DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant, Zone).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Parses day, month, year, hour and minute of local time in the platform's zone, wherever the browser
    /// is.</summary>
    /// <param name="typed">«4/3/2031 22:00» or «4/3/2031 22h00».</param>
    /// <returns>Null when it is no valid moment, or when a clock change skips it.</returns>
    public DateTimeOffset? ReadMoment(string typed) =>
        DateTime.TryParseExact(
            typed.Trim(), WrittenMoments, CultureInfo.InvariantCulture, DateTimeStyles.AllowInnerWhite, out var wall)
        && !Zone.IsInvalidTime(wall)
            ? new DateTimeOffset(wall, Zone.GetUtcOffset(wall))
            : null;

    /// <summary>The hour of the clock with its seconds.</summary>
    public string Second(DateTimeOffset instant) => T(Instants.Second(instant, Zone));

    /// <summary>The hour alone when it is today, otherwise with the date.</summary>
    public string Since(DateTimeOffset instant, DateTimeOffset now) =>
        TimeZoneInfo.ConvertTime(instant, Zone).Date == TimeZoneInfo.ConvertTime(now, Zone).Date
            ? T(Instants.Time(instant, Zone))
            : Moment(instant);

    /// <summary>The title of the incident, whose hour has its date when it is not today.</summary>
    /// <param name="now">The current time on the incident's clock, which a replay may shift.</param>
    public string Title(Incident incident, DateTimeOffset now)
    {
        var leading =
            incident.Alerts.FirstOrDefault(alert => alert.Document.Sentence == incident.Title) ?? incident.Alerts[0];
        return T(AlertSentences.Dated(incident.Title, leading.Document.Since, now, Zone));
    }

    /// <summary>How many series or comparisons an incident is about: «3 séries».</summary>
    public string Subjects(Incident incident)
    {
        var (one, many) = (CapabilityWords.Subject(incident.Capability), CapabilityWords.Subjects(incident.Capability));
        return Count(incident.Alerts.Length, new($"{{0}} {one.Fr}", $"{{0}} {one.En}"),
            new($"{{0}} {many.Fr}", $"{{0}} {many.En}"));
    }

    /// <summary>For the <c>datetime</c> attribute.</summary>
    public static string Machine(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public string Length(TimeSpan length) => T(Instants.Duration(length));

    /// <summary>il y a 8 s; à l'instant within a second, and when a clock is ahead.</summary>
    public string Ago(DateTimeOffset instant, DateTimeOffset now)
    {
        if (now - instant < TimeSpan.FromSeconds(1))
        {
            return T("à l'instant", "just now");
        }

        var length = Instants.Duration(now - instant);
        return T($"il y a {length.Fr}", $"{length.En} ago");
    }
}
