using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Alerts;

/// <summary>Alerts of one capability and service that belong together, as people handle them.</summary>
public sealed record Incident
{
    /// <summary>Derived from service and opening alert: the same after any restart.</summary>
    public required string Id { get; init; }

    /// <summary>The capability that raised its alerts, all of them.</summary>
    public required Capability Capability { get; init; }

    /// <summary>The service of its alerts, all of them.</summary>
    public required string Service { get; init; }

    /// <summary>The worst that any of its alerts has been; never falls.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Opening of its first alert, inclusive, UTC.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Newest change of one of its alerts.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Since when no alert is open, on the worker's clock: closes after a hold; null while an alert is
    /// open.</summary>
    public DateTimeOffset? HeldFrom { get; init; }

    /// <summary>When the last alert closed, exclusive, or when a person closed it; null until the hold is
    /// over.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The sentence of the leading alert.</summary>
    public required Text Title { get; init; }

    /// <summary>Ranked by <see cref="AlertRank"/>, the leading one first.</summary>
    public required ImmutableArray<Alert> Alerts { get; init; }

    public string? AcknowledgedBy { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public string? Assignee { get; init; }

    /// <summary><c>useful</c> or <c>noise</c>; null when nobody said.</summary>
    public string? Verdict { get; init; }

    /// <summary>Silence under which nobody is told; null when none applies.</summary>
    public string? SilencedBy { get; init; }

    /// <summary>What publishers were told, oldest first; only the last may still hold.</summary>
    public ImmutableArray<Announcement> Announced { get; init; } = [];

    /// <summary>Grows by one with each change; two people cannot overwrite each other unseen.</summary>
    public long Version { get; init; }

    public IncidentState State => this switch
    {
        { ClosedAt: not null } => IncidentState.Closed,
        { SilencedBy: not null } => IncidentState.Silenced,
        { AcknowledgedBy: not null } => IncidentState.Acknowledged,
        _ => IncidentState.Open,
    };
}
