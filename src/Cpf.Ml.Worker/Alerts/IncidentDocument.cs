using System.Collections.Immutable;
using Cpf.Ml.Scoring;
using Cpf.Ml.Scoring.Alerts;

namespace Cpf.Ml.Worker.Alerts;

/// <summary>An incident as receivers and the API get it: docs/alert.schema.json.</summary>
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

    /// <summary>What to do about alerts of the leading rule.</summary>
    public required string RunbookUrl { get; init; }

    /// <summary>How many alerts it has.</summary>
    public required int AlertCount { get; init; }

    /// <summary>What contributes, the leading one first; of many the first ones only where it is sent to
    /// receivers.</summary>
    public required ImmutableArray<Alert> Alerts { get; init; }

    /// <summary>Alerts that receivers are sent: more would fill megabytes, and no receiver takes these.</summary>
    public const int MaxAlertsSent = 100;

    public static IncidentDocument Of(Incident incident, AlertReceivers receivers, int most = int.MaxValue) => new()
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
        Alerts = incident.Alerts.Length <= most ? incident.Alerts : incident.Alerts[..most],
    };
}
