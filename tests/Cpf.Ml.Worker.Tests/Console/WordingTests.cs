using System.Text.RegularExpressions;
using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Transactions.Evidence;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Console.Kit.Charts;
using Cpf.Ml.Worker.Console.Kit.Wording;
using Cpf.Ml.Worker.Console.Pages;
using Cpf.Ml.Worker.Transactions;

namespace Cpf.Ml.Worker.Tests.Console;

public sealed partial class WordingTests
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
    private static readonly Ui Fr = new("fr", Paris);
    private static readonly Ui En = new("en", Paris);

    [Fact]
    public void French_punctuation_does_not_begin_a_line()
    {
        Assert.Equal(
            "Voir\u00a0: «\u00a0Réception\u00a0»\u00a0; prêt\u00a0? 12\u00a0%",
            Fr.T("Voir : « Réception » ; prêt ? 12 %", ""));
        Assert.Equal("See: “Ingestion”; ready? 12%", En.T("", "See: “Ingestion”; ready? 12%"));
    }

    [Fact]
    public void Every_action_of_the_audit_log_has_a_text()
    {
        var actions = Directory.EnumerateFiles(Repository.In("src/Cpf.Ml.Worker"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Action().Matches(File.ReadAllText(file))).Select(found => found.Groups[1].Value)
            .Distinct().ToList();

        Assert.Contains("token.create", actions);
        Assert.All(actions, action => Assert.NotEqual(action, AuditActions.Of(action).Fr));
    }

    [Theory]
    [InlineData(0, "0 série", "0 series")]
    [InlineData(1, "1 série", "1 serie")]
    [InlineData(4812, "4\u202f812 séries", "4,812 series")]
    public void Zero_is_singular_in_French_and_plural_in_English(long count, string french, string english)
    {
        Assert.Equal(french, Fr.Count(count, new("{0} série", "{0} serie"), new("{0} séries", "{0} series")));
        Assert.Equal(english, En.Count(count, new("{0} série", "{0} serie"), new("{0} séries", "{0} series")));
    }

    [Theory]
    [InlineData(60, "60 · 1\u00a0point sur 1\u202f000")]
    [InlineData(87.4, "87 · 1\u00a0point sur 20\u202f000")]
    [InlineData(100, "100 · 1\u00a0point sur 100\u202f000 ou plus rare")]
    public void A_score_is_never_shown_without_its_meaning(double score, string words) =>
        Assert.Equal(words, Fr.Score(score));

    [Fact]
    public void Instants_are_shown_in_Paris_time()
    {
        var instant = new DateTimeOffset(2026, 7, 14, 22, 5, 0, TimeSpan.Zero);

        Assert.Equal("15\u00a0juil.\u00a02026, 0\u00a0h\u00a005", Fr.Moment(instant));
        Assert.Equal("15\u00a0Jul\u00a02026, 0:05", En.Moment(instant));
        Assert.Equal("il y a 8\u00a0s", Fr.Ago(instant, instant.AddSeconds(8)));
    }

    [Theory]
    [InlineData("Europe/Paris", "heure de Paris", "Paris time", "15\u00a0juil.\u00a02026, 0\u00a0h\u00a005")]
    [InlineData(
        "America/Port-au-Prince",
        "heure de Port-au-Prince",
        "Port-au-Prince time",
        "14\u00a0juil.\u00a02026, 18\u00a0h\u00a005")]
    [InlineData("UTC", "heure UTC", "UTC", "14\u00a0juil.\u00a02026, 22\u00a0h\u00a005")]
    public void Instants_are_shown_in_the_configured_time_zone(
        string zone, string french, string english, string moment)
    {
        var there = TimeZoneInfo.FindSystemTimeZoneById(zone);

        Assert.Equal((french, english), (new Ui("fr", there).ClockName, new Ui("en", there).ClockName));
        Assert.Equal(moment, new Ui("fr", there).Moment(new DateTimeOffset(2026, 7, 14, 22, 5, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void Incident_title_dates_an_hour_of_yesterday()
    {
        var incident = Of("achat", 12);
        var since = incident.OpenedAt;
        var sentence = AlertSentences.Anomaly(new("Achat", "Purchase"), isFeminine: true, "s", 4.8, 1.1, since, Paris);
        var alert = incident.Alerts[0];
        incident = incident with
        {
            Title = sentence,
            Alerts = [alert with { Document = alert.Document with { Sentence = sentence, Since = since } }],
        };

        Assert.EndsWith("depuis 14\u00a0h\u00a005", Fr.Title(incident, since.AddHours(8)), StringComparison.Ordinal);
        Assert.EndsWith(
            "depuis le 23\u00a0nov.\u00a02026, 14\u00a0h\u00a005",
            Fr.Title(incident, since.AddHours(12)),
            StringComparison.Ordinal);
        Assert.EndsWith(
            "since 23\u00a0Nov\u00a02026, 14:05", En.Title(incident, since.AddHours(12)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.0, 2, "1,00")]
    [InlineData(0.999, 2, "1,00")]
    [InlineData(12345.6, 0, "12\u202f346")]
    public void Numbers_of_one_table_have_the_same_decimals(double value, int decimals, string written) =>
        Assert.Equal(written, Fr.Number(value, decimals));

    [Fact]
    public void A_file_for_a_French_spreadsheet_has_decimal_commas_and_empty_missing_values()
    {
        ScoredPoint[] points = [new(0, 1.5f, float.NaN, float.NaN, float.NaN, float.NaN, float.NaN, 12, true)];

        Assert.Equal(
            "timestamp_utc;value;expected;lower99;upper99;lower999;upper999;score;flagged\r\n"
                + "1970-01-01T00:00:00Z;1,5;;;;;;12;1\r\n",
            PointsEndpoint.Write(points, french: true));
        Assert.EndsWith(
            "1970-01-01T00:00:00Z,1.5,,,,,,12,1\r\n",
            PointsEndpoint.Write(points, french: false),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4/3/2031 22:00", "04/03/2031 22:00")]
    [InlineData(" 04/03/2031 22h05 ", "04/03/2031 22:05")]
    [InlineData("2031-03-04T22:00", null)]
    [InlineData("31/02/2031 22:00", null)]
    [InlineData("30/03/2031 02:30", null)] // the night on which the clock jumps from 2 to 3
    public void Moments_are_parsed_in_the_format_in_which_they_are_shown(string typed, string? read) =>
        Assert.Equal(read, Fr.ReadMoment(typed) is { } moment ? Fr.WriteMoment(moment) : null);

    [Fact]
    public void Incident_export_matches_the_list_and_escapes_formulas()
    {
        var incident = Of("=achat;\"x\"", 336.4);

        var french = IncidentsFile.Write([incident], Fr).Split("\r\n");
        Assert.StartsWith("incident;gravité;état;service;constat", french[0], StringComparison.Ordinal);
        Assert.Equal("i;critique;ouvert;\"'=achat;\"\"x\"\"\";Achat\u00a0: durée p95 à 4,8 "
            + "s;336;2026-11-23T13:05:00Z;;1;;;utile;Transactions", french[1]);
        Assert.EndsWith(";alertes;confié à;pris en compte par;avis;domaine", french[0], StringComparison.Ordinal);
        Assert.EndsWith(
            ",useful,Neutrality\r\n",
            IncidentsFile.Write([incident with { Capability = Capability.Neutrality }], En),
            StringComparison.Ordinal);
        Assert.Contains(
            "Purchase: duration p95 at 4.8 s,336,", IncidentsFile.Write([incident], En), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-2+3+cmd|' /C calc'!A0", -12.0, ";'-2+3+cmd|' /C calc'!A0;", ";-12;")]
    [InlineData("\r=1+1", -12.0, ";\"'\r=1+1\";", ";-12;")]
    [InlineData("-5", 8.0, ";-5;", ";8;")]
    public void Spreadsheet_cells_escape_formulas_and_keep_negative_numbers(
        string service, double deviation, string name, string number)
    {
        var file = IncidentsFile.Write([Of(service, deviation)], Fr);

        Assert.Contains(name, file, StringComparison.Ordinal);
        Assert.Contains(number, file, StringComparison.Ordinal);
    }

    [Fact]
    public void Conflicting_acknowledgement_names_the_first_person_and_what_to_do()
    {
        var other = new IncidentEvent(
            "e", "i", default, "camille", IncidentEventKind.Assigned, 4, new EventDetail { To = "sacha" });

        var told = IncidentRefusals.Conflict(Of("achat", 12), other).Reason;

        Assert.Equal(
            "Entre-temps, quelqu'un d'autre a agi\u00a0: camille a confié l'incident à sacha. Rien d'autre n'a changé. "
            + "Relisez l'incident, puis recommencez si c'est encore utile.",
            told.Fr);
        Assert.Contains(
            "camille assigned the incident to sacha. Nothing else changed.", told.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Adjacent_cells_of_one_level_are_one_rectangle_and_no_data_has_no_height()
    {
        var paths = CellsPicture.Paths([10, 20, 255, 255, 85, 100]).ToList();

        Assert.Equal(
            [
                (CellLevel.None, "M2 6h2"),
                (CellLevel.Calm, "M0 12v-2h2v2z"),
                (CellLevel.Rare, "M4 12v-9h1v9z"),
                (CellLevel.Extreme, "M5 12v-12h1v12z"),
            ],
            paths);
    }

    private static Incident Of(string service, double deviation)
    {
        var opened = new DateTimeOffset(2026, 11, 23, 13, 5, 0, TimeSpan.Zero);
        var alert = new Alert
        {
            Id = "a",
            Capability = Capability.Transactions,
            Rule = AlertRules.Anomaly,
            SeriesId = "s",
            SeriesName = new("s", "s"),
            Service = service,
            Severity = Severity.Critical,
            OpenedAt = opened,
            UpdatedAt = opened,
            Document = new AlertDocument { Sentence = new("Achat", "Purchase"), DeviationPercent = deviation },
        };
        return new Incident
        {
            Id = "i",
            Capability = alert.Capability,
            Service = alert.Service,
            Severity = Severity.Critical,
            OpenedAt = opened,
            UpdatedAt = opened,
            Version = 1,
            Title = new("Achat : durée p95 à 4,8 s", "Purchase: duration p95 at 4.8 s"),
            Alerts = [alert],
            Verdict = "useful",
        };
    }

    [GeneratedRegex("(?:Entry|RecordAsync)\\([^;]*?\"([a-z]+(?:-[a-z]+)?\\.[a-z.-]+)\"")]
    private static partial Regex Action();
}
