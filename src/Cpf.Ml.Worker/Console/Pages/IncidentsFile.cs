using System.Globalization;
using System.Text;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Console.Wording;
using Cpf.Ml.Worker.Storage;
using Cpf.Ml.Worker.Transactions;

namespace Cpf.Ml.Worker.Console.Pages;

/// <summary>The list of incidents for a spreadsheet: the same tab, filters, order and words as on the page, on all its pages.</summary>
internal static class IncidentsFile
{
    extension(WebApplication app)
    {
        public IEndpointConventionBuilder MapIncidentsFile() => app.MapGet("/incidents.csv", async (
            string? state, string? severity, string? service, string? q, string? language,
            IncidentSearch search, TransactionsSettings settings, CancellationToken cancellationToken) =>
        {
            var query = IncidentsPage.QueryOf(state, severity, service, q) with { Take = IncidentQuery.MostTaken };
            var found = new List<Incident>();
            bool more;
            do
            {
                var page = await search.FindAsync(query with { Skip = found.Count }, cancellationToken);
                found.AddRange(page.Items);
                more = page.Items.Count > 0 && found.Count < page.Total;
            }
            while (more);

            // The mark at the begin tells spreadsheets that the letters are UTF-8.
            var ui = new Ui(language ?? "fr", TimeZoneInfo.FindSystemTimeZoneById(settings.Zone));
            byte[] file = [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(Write(found, ui))];
            return Results.File(file, "text/csv; charset=utf-8", "incidents.csv");
        }).ExcludeFromDescription();
    }

    /// <summary>Semicolons for a French spreadsheet, commas for an English one.</summary>
    internal static string Write(IEnumerable<Incident> incidents, Ui ui)
    {
        var separator = ui.IsFrench ? ';' : ',';
        var text = new StringBuilder();
        text.AppendJoin(separator, Heads(ui).Select(head => Field(head, separator))).Append("\r\n");
        foreach (var incident in incidents)
        {
            text.AppendJoin(separator, Fields(incident, ui).Select(field => Field(field, separator))).Append("\r\n");
        }

        return text.ToString();
    }

    private static string[] Heads(Ui ui) => ui.IsFrench
        ? ["incident", "gravité", "état", "service", "constat", "écart en %", "début UTC", "fin UTC", "séries", "confié à", "pris en compte par", "avis"]
        : ["incident", "severity", "state", "service", "finding", "deviation in %", "start UTC", "end UTC", "series", "assigned to", "acknowledged by", "verdict"];

    private static IEnumerable<string> Fields(Incident incident, Ui ui) =>
    [
        incident.Id,
        ui.T(EventSentences.Of(incident.Severity)),
        incident.State switch
        {
            IncidentState.Closed => ui.T("clos", "closed"),
            IncidentState.Silenced => ui.T("sous silence", "silenced"),
            IncidentState.Acknowledged => ui.T("pris en compte", "acknowledged"),
            _ => ui.T("ouvert", "open"),
        },
        incident.Service,
        ui.T(incident.Title),
        incident.Alerts[0].Document.DeviationPercent?.ToString("F0", CultureInfo.InvariantCulture) ?? "",
        Ui.Machine(incident.OpenedAt),
        incident.ClosedAt is { } closed ? Ui.Machine(closed) : "",
        incident.Alerts.Length.ToString(CultureInfo.InvariantCulture),
        incident.Assignee ?? "",
        incident.AcknowledgedBy ?? "",
        incident.Verdict switch { "useful" => ui.T("utile", "useful"), "noise" => ui.T("bruit", "noise"), _ => "" },
    ];

    /// <summary>
    /// Quoted where it must be. What a spreadsheet would run as a formula is made text: names come from senders. A number stays one.
    /// </summary>
    private static string Field(string value, char separator)
    {
        var runs = value is ['=' or '+' or '-' or '@' or '\t' or '\r', ..]
            && !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        var text = runs ? "'" + value : value;
        return text.AsSpan().ContainsAny(separator, '"', '\n') || text.Contains('\r', StringComparison.Ordinal)
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
    }
}
