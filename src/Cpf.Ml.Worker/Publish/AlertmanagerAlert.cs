using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Scoring.Transactions;
using Cpf.Ml.Scoring;
using Cpf.Ml.Worker.Storage;

namespace Cpf.Ml.Worker.Publish;

/// <summary>An alert in the format of Alertmanager's API v2.</summary>
/// <param name="Labels">Identify and route; the same for the whole life of the alert, so never a measured
/// value.</param>
/// <param name="Annotations">Explain; may change with each post.</param>
internal sealed record AlertmanagerAlert(
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Annotations,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    string GeneratorURL)
{
    /// <summary>Consecutive posts that may fail before Alertmanager resolves an alert.</summary>
    private const int MissedPosts = 10;

    /// <summary>Alerts of an incident that its description names.</summary>
    private const int MaxContributors = 5;

    /// <summary>One alert a severity that was announced: the one that holds fires, those that ended at
    /// <paramref name="keep"/> or later are ended.</summary>
    public static IEnumerable<AlertmanagerAlert> Of(
        Incident incident, PublishSettings settings, DateTimeOffset now, DateTimeOffset keep)
    {
        var last = now + MissedPosts * settings.Alertmanager.RepostEvery;
        return incident.Announced
            .GroupBy(announced => announced.Severity)
            .Select(group => group.Last())
            .Where(announced => announced.Until is null || announced.Until >= keep)
            .Select(announced => new AlertmanagerAlert(
                Label(incident, announced.Severity),
                Annotate(incident, settings),
                announced.Since,
                announced.Until is not { } until ? last
                    : until > announced.Since ? until : announced.Since.AddMilliseconds(1),
                settings.Receivers.IncidentUrl(incident.Id)));
    }

    /// <summary>
    /// An incident that ended before it could be delivered. Alertmanager does not notify of an alert that it never saw
    /// firing, so this one fires for a while. It is a separate alert: the end of the real one, posted right after it,
    /// must not resolve it.
    /// </summary>
    public static AlertmanagerAlert Late(Incident incident, PublishSettings settings, DateTimeOffset now)
    {
        var announcement = incident.Announced[^1];
        var lasted = Instants.Duration((announcement.Until ?? now) - announcement.Since);
        var annotations = Annotate(incident, settings);
        annotations["description"] =
            $"Terminé après {lasted.Fr}, avant qu'Alertmanager ne réponde.\n{annotations["description"]}";
        annotations["description_en"] =
            $"Over after {lasted.En}, before Alertmanager answered.\n{annotations["description_en"]}";
        return new AlertmanagerAlert(
            new Dictionary<string, string>(Label(incident, announcement.Severity)) { ["late"] = "true" },
            annotations,
            announcement.Since,
            now + settings.Alertmanager.LateFor,
            settings.Receivers.IncidentUrl(incident.Id));
    }

    private static Dictionary<string, string> Label(Incident incident, Severity severity) => new()
    {
        ["alertname"] = "CpfMlIncident",
        ["capability"] = StoredJson.Name(incident.Capability),
        ["incident"] = incident.Id,
        ["service"] = incident.Service,
        ["severity"] = StoredJson.Name(severity),
    };

    private static Dictionary<string, string> Annotate(Incident incident, PublishSettings settings)
    {
        var leading = incident.Alerts[0].Document;
        var description = Describe(incident);
        var annotations = new Dictionary<string, string>
        {
            ["summary"] = incident.Title.Fr,
            ["summary_en"] = incident.Title.En,
            ["description"] = description.Fr,
            ["description_en"] = description.En,
            ["score"] = Amounts.Number(Math.Round(leading.Score)).En,
            ["dashboard_url"] = settings.Receivers.IncidentUrl(incident.Id),
            ["runbook_url"] = settings.Receivers.RunbookUrl(incident.Alerts[0].Rule),
        };
        Add("observed", leading.Observed);
        Add("expected", leading.Expected);
        if (Series(incident) is { Length: > 0 } series)
        {
            annotations["series"] = series;
        }

        if (leading.Band99 is { } band)
        {
            annotations["band"] =
                $"{Amounts.Write(band.Lower, leading.Unit).Fr} – {Amounts.Write(band.Upper, leading.Unit).Fr}";
        }

        return annotations;

        void Add(string name, double? value)
        {
            if (value is { } number)
            {
                annotations[name] = Amounts.Write(number, leading.Unit).Fr;
            }
        }
    }

    /// <summary>The leading series, with the labels that distinguish pods and jobs of the same name.</summary>
    private static string Series(Incident incident) => string.Join('\n', incident.Alerts
        .Select(alert => alert.Document.Labels)
        .Where(labels => labels.ContainsKey("__name__"))
        .Take(MaxContributors)
        .Select(labels => SeriesKey.Of(labels["__name__"], labels.Remove("__name__"))));

    /// <summary>The sentences of the contributing alerts and of the leading alert's tests.</summary>
    private static Text Describe(Incident incident)
    {
        var lines = incident.Alerts.Take(MaxContributors).Select(alert => alert.Document.Sentence)
            .Concat(incident.Alerts[0].Document.Tests.Take(3).Select(test => test.Sentence))
            .ToList();
        return new(string.Join('\n', lines.Select(line => line.Fr)), string.Join('\n', lines.Select(line => line.En)));
    }
}
