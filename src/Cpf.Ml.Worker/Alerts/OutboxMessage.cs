using System.Globalization;
using Cpf.Ml.Scoring.Alerts;

namespace Cpf.Ml.Worker.Alerts;

/// <summary>News of an incident, on its way to one publisher.</summary>
/// <param name="Id">Derived from publisher, incident and version: whoever gets it twice can tell.</param>
/// <param name="Version">Version of the incident that the news are of.</param>
/// <param name="Payload">JSON, docs/alert.schema.json.</param>
/// <param name="Attempts">Deliveries that were tried.</param>
/// <param name="DeadAt">When it was given up; null while it is not.</param>
internal sealed record OutboxMessage(
    string Id,
    string Publisher,
    string IncidentId,
    Notice Notice,
    long Version,
    string Payload,
    DateTimeOffset CreatedAt,
    int Attempts = 0,
    string? LastError = null,
    DateTimeOffset? DeadAt = null)
{
    public static OutboxMessage Of(
        string publisher, Incident incident, Notice notice, string payload, DateTimeOffset now) => new(
        AlertId.Hash("outbox", publisher, incident.Id, incident.Version.ToString(CultureInfo.InvariantCulture)),
        publisher,
        incident.Id,
        notice,
        incident.Version,
        payload,
        now);
}
