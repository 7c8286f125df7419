using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Alerts;

/// <summary>Alerts of one capability and service that belong together, as people handle them.</summary>
public sealed record Incident
{
    /// <summary>Derived from service and first alert, so that it is the same after any restart.</summary>
    public required string Id { get; init; }

    /// <summary>The capability that raised its alerts, all of them.</summary>
    public required Capability Capability { get; init; }

    /// <summary>The service of its alerts, all of them.</summary>
    public required string Service { get; init; }

    /// <summary>The highest severity that any of its alerts has reached; never falls.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Opening of its first alert, inclusive, UTC.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>The newest change of one of its alerts, UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Start of the hold, after which it closes: when its last open alert closed, by the Worker's clock; null
    /// while an alert is open.</summary>
    public DateTimeOffset? HeldFrom { get; init; }

    /// <summary>When the last alert closed, exclusive, or when a person closed it; null until the hold is
    /// over.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The sentence of the leading alert.</summary>
    public required Text Title { get; init; }

    /// <summary>Its alerts in the order of <see cref="AlertRank"/>, the leading one first.</summary>
    public required ImmutableArray<Alert> Alerts { get; init; }

    /// <summary>Who acknowledged it; null when nobody did.</summary>
    public string? AcknowledgedBy { get; init; }

    /// <summary>When it was acknowledged, UTC.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>Who is to handle it; null when nobody is assigned.</summary>
    public string? Assignee { get; init; }

    /// <summary><c>useful</c> or <c>noise</c>; null without a verdict.</summary>
    public string? Verdict { get; init; }

    /// <summary>Id of the silence that covers it; null when none does.</summary>
    public string? SilencedBy { get; init; }

    /// <summary>The periods in which publishers reported it as active, oldest first; only the last may still
    /// last.</summary>
    public ImmutableArray<Announcement> Announced { get; init; } = [];

    /// <summary>Grows by one with each change, so that concurrent edits are detected.</summary>
    public long Version { get; init; }

    /// <summary>The state that follows from closing, silence and acknowledgement, in this order.</summary>
    public IncidentState State => this switch
    {
        { ClosedAt: not null } => IncidentState.Closed,
        { SilencedBy: not null } => IncidentState.Silenced,
        { AcknowledgedBy: not null } => IncidentState.Acknowledged,
        _ => IncidentState.Open,
    };
}
