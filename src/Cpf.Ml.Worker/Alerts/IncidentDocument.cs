using System.Collections.Immutable;
using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Alerts;

namespace Cpf.Ml.Worker.Alerts;

/// <summary>An incident as receivers and the API get it; docs/alert.schema.json describes it.</summary>
internal sealed record IncidentDocument
{
    public required string Id { get; init; }

    public required Capability Capability { get; init; }

    public required string Service { get; init; }

    public required Severity Severity { get; init; }

    public required IncidentState State { get; init; }

    public required Text Title { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public string? AcknowledgedBy { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public string? Assignee { get; init; }

    public string? Verdict { get; init; }

    public string? SilencedBy { get; init; }

    public required long Version { get; init; }

    /// <summary>The incident in the console.</summary>
    public required string DashboardUrl { get; init; }

    /// <summary>Runbook for the rule of the leading alert.</summary>
    public required string RunbookUrl { get; init; }

    /// <summary>How many alerts it has.</summary>
    public required int AlertCount { get; init; }

    /// <summary>The alerts, the leading one first; receivers are sent the first <see cref="MaxAlertsSent"/> of
    /// them.</summary>
    public required ImmutableArray<Alert> Alerts { get; init; }

    /// <summary>Alerts that receivers are sent: more would fill megabytes, which receivers refuse.</summary>
    public const int MaxAlertsSent = 100;

    /// <param name="maxSent">Alerts that the document has at most.</param>
    public static IncidentDocument Of(Incident incident, AlertReceivers receivers, int maxSent = int.MaxValue) => new()
    {
        Id = incident.Id,
        Capability = incident.Capability,
        Service = incident.Service,
        Severity = incident.Severity,
        State = incident.State,
        Title = incident.Title,
        OpenedAt = incident.OpenedAt,
        UpdatedAt = incident.UpdatedAt,
        ClosedAt = incident.ClosedAt,
        AcknowledgedBy = incident.AcknowledgedBy,
        AcknowledgedAt = incident.AcknowledgedAt,
        Assignee = incident.Assignee,
        Verdict = incident.Verdict,
        SilencedBy = incident.SilencedBy,
        Version = incident.Version,
        DashboardUrl = receivers.IncidentUrl(incident.Id),
        RunbookUrl = receivers.RunbookUrl(incident.Alerts[0].Rule),
        AlertCount = incident.Alerts.Length,
        Alerts = incident.Alerts.Length <= maxSent ? incident.Alerts : incident.Alerts[..maxSent],
    };
}
