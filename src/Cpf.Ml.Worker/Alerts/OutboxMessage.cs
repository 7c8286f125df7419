using System.Globalization;
using Cpf.Ml.Scoring.Alerts;

namespace Cpf.Ml.Worker.Alerts;

/// <summary>A notice of an incident, queued for one publisher.</summary>
/// <param name="Id">Hash of publisher, incident and version: a receiver recognises a repeated delivery by it.</param>
/// <param name="Version">Version of the incident that the notice describes.</param>
/// <param name="Payload">An <see cref="IncidentDocument"/> as JSON.</param>
/// <param name="Attempts">Deliveries that were attempted.</param>
/// <param name="DeadAt">When it became a dead letter; null while it is not.</param>
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
