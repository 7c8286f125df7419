using System.Globalization;
using Cpf.Ml.Scoring.Alerts;
using Cpf.Ml.Worker.Alerts;
using Cpf.Ml.Worker.Console.Kit.Wording;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>The list of incidents for a spreadsheet: the same tab, filters, order and words as on the page, on all its
/// pages.</summary>
internal static class IncidentsFile
{
    extension(WebApplication app)
    {
        public IEndpointConventionBuilder MapIncidentsFile() => app.MapGet("/incidents.csv", async (
            string? state, string? severity, string? service, string? q, string? capability, string? language,
            IncidentSearchStore search, TransactionsSettings settings, CancellationToken cancellationToken) =>
        {
            var query = IncidentQuery.OfAddress(state, severity, service, q, capability);
            var found = new List<Incident>();
            bool more;
            do
            {
                var page = await search.FindAsync(
                    query with { Skip = found.Count, Take = IncidentQuery.MaxTake }, cancellationToken);
                found.AddRange(page.Items);
                more = page.Items.Count > 0 && found.Count < page.Total;
            }
            while (more);

            var ui = new Ui(language ?? "fr", TimeZoneInfo.FindSystemTimeZoneById(settings.Zone));
            return Spreadsheet.File(Write(found, ui), "incidents.csv");
        }).ExcludeFromDescription();
    }

    internal static string Write(IEnumerable<Incident> incidents, Ui ui) =>
        Spreadsheet.Write(ui, Heads(ui), incidents.Select(incident => Fields(incident, ui)));

    private static string[] Heads(Ui ui) => ui.IsFrench
        ? ["incident", "gravité", "état", "service",
            "constat", "écart en %", "début UTC", "fin UTC", "alertes", "confié à", "pris en compte par", "avis",
            "domaine"]
        : ["incident", "severity", "state", "service",
            "finding", "deviation in %", "start UTC", "end UTC", "alerts", "assigned to", "acknowledged by", "verdict",
            "capability"];

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
        ui.T(CapabilityWords.Name(incident.Capability)),
    ];
}
